const WIDTH = 14;
const HEIGHT = 12;
const GAP = 1.5;

/** Rising bars, some of them filled. Hidden from screen readers, since the word next to it says the same. */
export function BarsIcon({ of, filled }: { of: number; filled: number }) {
  const width = (WIDTH - GAP * (of - 1)) / of;
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} fill="currentColor" aria-hidden="true">
      {Array.from({ length: of }, (_, index) => {
        const height = (HEIGHT * (index + 1)) / of;
        return (
          <rect
            key={index}
            x={index * (width + GAP)}
            y={HEIGHT - height}
            width={width}
            height={height}
            rx={0.75}
            opacity={index < filled ? 1 : 0.28}
          />
        );
      })}
    </svg>
  );
}
