"""The words that the detectors know: data, in lower case and without accents, as folded text has them."""
