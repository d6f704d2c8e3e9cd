"""Autotask's answers in the sandbox name the fields that its REST API has; no package describes it as a document.

Source: rows that django-autotask 1.16.0 keeps as answers of the live API, its webhooks by the vendor's pages.
"""

import pytest

from tests.support.servers.sandbox_answers import records_of_autotask

_TICKET = """assignedResourceID assignedResourceRoleID billingCodeID companyID companyLocationID completedByResourceID
completedDate contactID contractID createDate creatorResourceID creatorType description dueDateTime estimatedHours
externalID firstResponseDateTime hoursToBeScheduled id issueType lastActivityDate lastActivityPersonType
lastActivityResourceID priority purchaseOrderNumber queueID resolution resolvedDueDateTime source status subIssueType
ticketCategory ticketNumber ticketType title userDefinedFields"""
_RESOURCE = """accountingReferenceID isActive dateFormat email email2 email3 emailTypeCode firstName hireDate homePhone
initials internalCost lastName licenseType locationID middleName mobilePhone numberFormat officeExtension officePhone
payrollType resourceType timeFormat title userName userType id"""
_CONTACT = """id companyID emailAddress emailAddress2 emailAddress3 firstName isActive lastActivityDate lastModifiedDate
lastName phone alternatePhone mobilePhone"""
_WEBHOOK = """id isActive isReady name webhookUrl webhookGUID deactivationUrl secretKey isSubscribedToCreateEvents
isSubscribedToUpdateEvents isSubscribedToDeleteEvents notificationEmailAddress sendThresholdExceededNotification"""
FIELDS = {
    "page": "count requestCount prevPageUrl nextPageUrl",
    "tickets": _TICKET,
    "ticketnotes": "id createDateTime description creatorResourceID lastActivityDate noteType publish ticketID title",
    "resources": _RESOURCE,
    "companies": "id companyName companyNumber companyType isActive phone",
    "contacts": _CONTACT,
    "contracts": "id contractName contractNumber companyID status startDate endDate",
    "ticketwebhooks": _WEBHOOK,
}


@pytest.mark.parametrize("entity", FIELDS)
def test_autotask_in_the_sandbox_answers_with_fields_that_autotask_has(entity: str) -> None:
    rows = [row for kind, row in records_of_autotask() if kind == entity]

    assert rows
    assert {name for row in rows for name in row} - set(FIELDS[entity].split()) == set()


def test_autotask_in_the_sandbox_gives_ids_as_numbers_and_times_in_utc() -> None:
    [ticket] = [row for kind, row in records_of_autotask() if kind == "tickets"]

    ids = [value for name, value in ticket.items() if name.lower().endswith("id")]
    times = [ticket[name] for name in ("lastActivityDate", "dueDateTime", "resolvedDueDateTime")]
    assert {type(value) for value in ids} == {int}
    assert all(time.endswith("Z") for time in times)
