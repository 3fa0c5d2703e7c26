"""What evidence says to a question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustanswer.answering.verdict import Judgement, judge
from trustanswer.model import Statement, Verdict

ENCRYPTION = "Databases and backups are encrypted at rest with AES-256. Keys rotate every year."
REVIEWS = "Managers review the access rights of their teams every quarter."
REPORTS = "An outside firm tests our application each spring. A summary is shared under NDA."


def statement(text: str, *path: str) -> Statement:
    return Statement("s", path or ("Security", "Measures"), text, "trust.md", (1, 1))


def says(text: str, question: str) -> Judgement:
    return judge(question, [statement(text)])


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        (ENCRYPTION, "Is customer data encrypted at rest?", Verdict.YES),
        (ENCRYPTION, "All databases are encrypted with AES-256.", Verdict.YES),
        (ENCRYPTION, "Are backups stored on tape?", Verdict.NONE),
        (ENCRYPTION, "Do you hold FedRAMP authorization?", Verdict.NONE),
        (REVIEWS, "Are access rights reviewed at least annually?", Verdict.YES),
        (REVIEWS, "Are access rights reviewed monthly?", Verdict.NO),
        ("Generic accounts are not used.", "Are generic accounts used?", Verdict.NO),
        ("Generic accounts are not used.", "Generic accounts are never used.", Verdict.YES),
        ("We have no SOC 2 report today.", "Do you have a SOC 2 report?", Verdict.NO),
        ("SCIM is planned for next year.", "Is SCIM supported?", Verdict.NO),
        ("SCIM is planned for next year.", "Is support for SCIM planned?", Verdict.YES),
        ("TLS 1.0 was switched off in 2021.", "Is TLS 1.0 switched off?", Verdict.YES),
        ("We are out of scope for PCI DSS.", "Are you PCI DSS certified?", Verdict.NA),
        (REPORTS, "Describe your penetration tests.", Verdict.TEXT),
        ("We back up customer data daily.", "Is data backed up, and how often?", Verdict.YES),
        (
            "We back up customer data for a week.",
            "Is data backed up, and how often?",
            Verdict.PARTIAL,
        ),
        ("Restores are tested.", "Are restores tested, and since when?", Verdict.PARTIAL),
        (
            "Restores are tested since May 2023.",
            "Are restores tested, and since when?",
            Verdict.YES,
        ),
        ("Policies were reviewed in May.", "When were your policies reviewed?", Verdict.TEXT),
        ("Policies may be reviewed.", "When were your policies reviewed?", Verdict.NONE),
        ("No visitor sees the servers.", "How many breaches have you had?", Verdict.NONE),
        ("We have had no breaches.", "How many breaches have you had?", Verdict.TEXT),
        ("The GDPR is a privacy law of the EU.", "Are you GDPR compliant?", Verdict.NONE),
        (
            "GDPR, HIPAA and other laws govern personal data.",
            "Are you GDPR compliant?",
            Verdict.NONE,
        ),
        ("Our platform is GDPR compliant.", "Are you GDPR compliant?", Verdict.YES),
        (
            "We follow the GDPR, which governs personal data.",
            "Do you follow the GDPR?",
            Verdict.YES,
        ),
        ("Consent is given in writing.", "Are there written security policies?", Verdict.NONE),
        ("We have written security policies.", "Are there written security policies?", Verdict.YES),
        ("Access to production needs a VPN.", "Who has access to production?", Verdict.NONE),
        (
            "The platform team has access to production.",
            "Who has access to production?",
            Verdict.TEXT,
        ),
        (REPORTS, "What is the name of the firm that tests your application?", Verdict.NONE),
        ("We run on AWS in Frankfurt.", "In which region is our data hosted?", Verdict.TEXT),
        ("We run on a public cloud.", "In which region is our data hosted?", Verdict.NONE),
        ("Every workstation of an employee is encrypted.", "Staff laptops encrypted?", Verdict.YES),
        ("Every workstation of an employee is locked.", "Staff laptops encrypted?", Verdict.NONE),
        (
            "Data in transit is encrypted with TLS 1.2.",
            "Is data encrypted when it crosses a network?",
            Verdict.YES,
        ),
        ("Data at rest is encrypted.", "Is data encrypted on the network?", Verdict.NONE),
        (
            "Audit logs are kept for 13 months.",
            "Are audit logs kept for at least a year?",
            Verdict.YES,
        ),
        (
            "Audit logs are kept for one year.",
            "Are audit logs kept no longer than 90 days?",
            Verdict.NO,
        ),
        (
            "The site is guarded around the clock.",
            "Is the site guarded 24 hours a day?",
            Verdict.YES,
        ),
        ("Data are encrypted with AES-256.", "Are data encrypted with 256-bit keys?", Verdict.YES),
        (
            "Access is reviewed once a year.",
            "Is access reviewed more than once a year?",
            Verdict.NO,
        ),
    ],
)
def test_evidence_is_judged_for_what_it_says(text: str, question: str, verdict: Verdict) -> None:
    assert says(text, question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Is access revoked when an employee leaves?",
         "Access is not revoked when an employee leaves."),
        ("Is personal data deleted at the end of the contract?",
         "No personal data is deleted at the end of the contract."),
        ("Can data be deleted on request?", "Data cannot be deleted on request."),
        ("Can users change their password?", "Users cannot change their password."),
        ("Is block storage encrypted?", "Block storage is kept without encryption."),
        ("Is data encrypted at rest?", "Data held in Denmark is stored without encryption."),
        ("Do you restrict access to production?",
         "Production can be accessed without restriction."),
        ("Do you give notice of changes to subprocessors?",
         "Subprocessors are changed without notice."),
        ("Do employees use a password manager?", "No one uses a password manager."),
        ("Are customers notified of upcoming changes?",
         "Customers are not notified of upcoming changes."),
        ("Are retired laptops wiped?", "Retired laptops are not wiped."),
        ("Are deprecated TLS versions disabled?", "Deprecated TLS versions are not disabled."),
        ("Is customer data encrypted?",
         "Customer data is not encrypted and is stored without a password."),
        ("Is MFA enforced?", "Enforcing MFA is the customer's responsibility."),
        ("Do you back up customer data?",
         "Backing up customer data is the responsibility of the customer."),
        ("AES-256 at rest?", "Data at rest is encrypted with AES-128."),
        ("SHA-256 used for passwords?", "Passwords are hashed with MD5."),
        ("SOC-2 report available?", "A penetration test report is available."),
        ("MFA. Is it enforced?", "A password policy is enforced."),
        ("No data is stored outside the EU, and backups are encrypted.",
         "No data is stored outside the EU."),
        ("Are shared accounts prohibited and is MFA enforced?", "Shared accounts are prohibited."),
        ("Is MFA enforced?", "Is MFA enforced?"),
        ("Is MFA enforced?", "Is MFA enforced? To be confirmed."),
        ("Is MFA enforced?", "Is MFA enforced? Please contact us."),
        ("Do you have a SOC 2 report?", "We have a SOC 1 report."),
        ("Do you have a SOC 2 report?", "We collect SOC 2 reports from subprocessors."),
        ("Do you have a SOC 2 report?", "Our SOC 2 report expired in 2023."),
        ("Are you ISO 27001 certified?", "Our parent company is ISO 27001 certified."),
        ("Are you ISO 27001 certified?", "We were ISO 27001 certified until 2022."),
        ("Are you ISO 27001 certified?", "We are preparing for ISO 27001 certification."),
        ("Do you have cyber insurance?", "We require suppliers to have cyber insurance."),
        ("Is customer data encrypted at rest?", "Customer data is encrypted, except files."),
        ("Are all servers patched monthly?", "All servers except legacy ones are patched monthly."),
        ("No customer data leaves the EU.",
         "No customer data leaves the EU, except for support tickets."),
        ("Are all laptops encrypted?", "Most laptops are encrypted."),
        ("Do all employees receive security training?",
         "Half of the employees receive security training."),
        ("Do you patch critical vulnerabilities within 7 days?",
         "We try to patch critical vulnerabilities within 7 days."),
        ("Are logs retained for 12 months?", "Logs are retained for 3-12 months."),
        ("Are logs retained for 12 months?", "Logs are retained for between 3 and 12 months."),
        ("Is MFA enabled by default?", "MFA is disabled by default."),
        ("Are access logs enabled?", "Access logs are disabled."),
        ("Is MFA enforced?", "The system fails to enforce MFA."),
        ("Is there a formal risk assessment process?", "Risk assessments are informal."),
    ],
)  # fmt: skip
def test_no_yes_is_read_out_of_what_denies_it_or_says_less(question: str, text: str) -> None:
    assert says(text, question).verdict is not Verdict.YES


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Is TLS 1.0 disabled?", "TLS 1.0 was switched off in 2021."),
        ("Is SCIM planned?", "SCIM is planned for 2026."),
        ("Are audit logs immutable?", "Nobody can alter the audit logs."),
        ("Are logs protected against being changed?", "Logs cannot be changed."),
        ("Can customers export their data without restriction?",
         "Customers can export their data without restriction."),
    ],
)  # fmt: skip
def test_what_nobody_can_do_is_no_lack_where_protection_is_asked(question: str, text: str) -> None:
    assert says(text, question).verdict is Verdict.YES


@pytest.mark.parametrize(
    ("question", "text", "verdict"),
    [
        ("Do you have a SOC 2 report?", "Larkspur is heading towards a SOC 2 report.", Verdict.NO),
        ("Do you have a SOC 2 report?",
         "Larkspur holds ISO 27001 and is working towards SOC 2.", Verdict.NO),
        ("Do you hold ISO 27001?",
         "Larkspur holds ISO 27001 and is working towards SOC 2.", Verdict.YES),
        ("Do you have a SOC 2 report?", "We completed a SOC 2 readiness assessment.", Verdict.NO),
        ("Have you completed a SOC 2 readiness assessment?",
         "We completed a SOC 2 readiness assessment.", Verdict.YES),
        ("Is FTP used?", "FTP was dropped because it is not encrypted.", Verdict.NO),
        ("Is RC4 allowed?", "Allowed: AES-256. Forbidden: RC4, DES.", Verdict.NO),
        ("Is AES-256 allowed?", "Allowed: AES-256. Forbidden: RC4, DES.", Verdict.YES),
        ("Is SAML supported?", "Supported: SAML. Planned: SCIM.", Verdict.YES),
        ("Is SCIM supported?", "Supported: SAML. Planned: SCIM.", Verdict.NO),
        ("Do you respond within 4 hours?", "We aim to respond within 4 hours.", Verdict.PARTIAL),
        ("Is availability of 99.5% guaranteed?",
         "Availability of 99.5% is guaranteed, excluding scheduled maintenance.", Verdict.YES),
        ("Are all systems backed up?",
         "All systems are backed up, excluding laptops.", Verdict.PARTIAL),
        ("Are our offices audited by Acme?",
         "HIPAA does not apply to Acme.", Verdict.NONE),
        ("Are you subject to HIPAA?", "HIPAA does not apply to us.", Verdict.NA),
        ("Are laptops encrypted?", "Employees should encrypt laptops.", Verdict.PARTIAL),
        ("Are customers notified of a breach?",
         "Should a breach occur, customers are notified.", Verdict.YES),
        ("Is DMARC enforced?", "DMARC runs in monitoring mode.", Verdict.NO),
    ],
)  # fmt: skip
def test_a_promise_is_told_from_what_is_there(question: str, text: str, verdict: Verdict) -> None:
    assert says(text, question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "text", "verdict"),
    [
        ("Do you retain 90 days of audit logs?", "We retain 30 days of audit logs.", Verdict.NO),
        ("Do you retain logs for at least 90 days?", "We retain 365 days of logs.", Verdict.YES),
        ("Must passwords contain 12 characters?", "Passwords contain 8 characters.", Verdict.NO),
        ("Are logs kept for at least 90 days?",
         "Backups are kept for 90 days and logs for 30 days.", Verdict.NO),
        ("Are critical vulnerabilities patched within 7 days?",
         "High vulnerabilities are patched within 7 days, critical vulnerabilities within 30 days.",
         Verdict.PARTIAL),
        ("Do you notify customers of a breach within 24 hours?",
         "We notify regulators of a breach within 24 hours and customers within 72 hours.",
         Verdict.PARTIAL),
        ("Do passwords have at least 12 characters?",
         "Passwords have 12 characters for administrators and 8 characters for others.",
         Verdict.PARTIAL),
        ("Do you have liability insurance of at least EUR 5.000.000?",
         "We hold liability insurance of EUR 5.000.000.", Verdict.YES),
        ("Do you have liability insurance of at least EUR 5.000?",
         "We hold liability insurance of EUR 100.", Verdict.NO),
        ("Do you have liability insurance of at least $10 million?",
         "We hold liability insurance of €10 million.", Verdict.PARTIAL),
        ("Are penetration tests performed at least annually?",
         "Penetration tests are performed less than once a year.", Verdict.NO),
        ("Are penetration tests run at least quarterly?",
         "We run four penetration tests per year.", Verdict.YES),
        ("Do you run four penetration tests per year?",
         "We run one penetration test per year.", Verdict.NO),
        ("Are maintenance windows held no more than once a month?",
         "Maintenance windows are held weekly.", Verdict.NO),
    ],
)  # fmt: skip
def test_an_amount_counts_for_what_it_is_given_of(
    question: str, text: str, verdict: Verdict
) -> None:
    assert says(text, question).verdict is verdict


def test_a_further_thing_not_stated_makes_the_answer_partial_and_is_named() -> None:
    found = says(REVIEWS, "Are access rights reviewed quarterly, using the FAIR method?")
    assert found.verdict is Verdict.PARTIAL
    assert any("FAIR" in text for text in found.missing)


def test_a_deadline_that_is_not_stated_is_named_in_the_words_of_the_question() -> None:
    text = "Affected customers are informed of a breach without undue delay."
    found = says(text, "Are customers informed of a breach within 24 hours?")
    assert found.verdict is Verdict.PARTIAL
    assert found.missing == ("within 24 hours",)


def test_an_amount_that_falls_short_is_named_as_contradicted() -> None:
    found = says("Logs are kept for 90 days.", "Are logs kept for at least 12 months?")
    assert found.verdict in {Verdict.NO, Verdict.PARTIAL}
    assert found.contradicted == ("at least 12 months",)


def test_only_the_sentences_that_answer_are_quoted() -> None:
    text = f"{ENCRYPTION} Offices have badge readers."
    assert says(text, "Are backups encrypted?").quotes == (
        (0, ("Databases and backups are encrypted at rest with AES-256.",)),
    )


def test_each_part_may_be_quoted_from_its_own_statement() -> None:
    question = "Are backups encrypted, and are access rights reviewed every quarter?"
    found = judge(question, [statement(ENCRYPTION), statement(REVIEWS)])
    assert found.verdict is Verdict.YES
    assert [at for at, _ in found.quotes] == [0, 1]


def test_a_denial_is_quoted_where_the_answer_is_no() -> None:
    text = "Databases are backed up; cached files are not. Restores are tested."
    found = says(text, "Are cached files backed up?")
    assert found.verdict is Verdict.NO
    assert found.quotes == ((0, ("Databases are backed up; cached files are not.",)),)


def test_the_providers_certificate_is_not_the_vendors_own() -> None:
    text = "ISO 27018 certificates are held by our cloud provider."
    assert says(text, "Is your own organisation certified to ISO 27018?").verdict is Verdict.NONE
    flags = {flag.kind for flag in says(text, "Is there an ISO 27018 certificate?").flags}
    assert "provider" in flags


def test_a_row_is_read_with_the_line_above_it() -> None:
    passwords = statement("Passwords are stored as salted hashes.", "Accounts", "Passwords")
    found = judge("Are they stored as hashes?", [passwords], parent="User passwords:")
    assert found.verdict is Verdict.YES
    assert found.features["lead_in_coverage"] > 0.5


def test_no_statements_say_nothing() -> None:
    assert judge("Is data encrypted?", []).verdict is Verdict.NONE


def test_every_judgement_has_the_same_features() -> None:
    names = says(REVIEWS, "MFA?").features.keys()
    assert judge("Where is the data center?", []).features.keys() == names


WORDS = st.sampled_from(
    "we do not encrypt backups at rest with AES-256 , keys every year . customers may review "
    "access within 24 hours TLS 1.2 or newer ; SOC 2 is planned ( e.g. MFA ) and no never".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30), st.lists(WORDS, max_size=40))
def test_quotes_are_verbatim_and_what_is_missing_stands_in_the_question(
    asked: list[str], told: list[str]
) -> None:
    question, text = " ".join(asked), " ".join(told)
    found = says(text, question)
    assert all(sentence in text for _, quoted in found.quotes for sentence in quoted)
    assert all(words in question for words in (*found.missing, *found.contradicted))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_judged(question: str, text: str) -> None:
    assert says(text, question).verdict in Verdict


def test_the_sentence_that_holds_the_amount_asked_for_is_quoted() -> None:
    text = "The platform is built for availability. It was up 99.95% of the time last year."
    found = says(text, "Was availability at least 99.9% last year?")
    assert "It was up 99.95% of the time last year." in found.quotes[0][1]


def test_of_sentences_that_fit_alike_those_with_what_is_asked_for_are_quoted() -> None:
    things = ("archive", "ledger", "mailbox", "wiki")
    text = " ".join(f"Backups of the {thing} are encrypted." for thing in things)
    often, long = "Backups are encrypted every 6 months.", "Backups are encrypted in 4 hours."
    asked = "Describe how often backups are encrypted and how long it takes."
    ((_, quoted),) = says(f"{text} {often} {long}", asked).quotes
    assert {often, long} <= set(quoted)


def test_what_is_missing_is_named_once() -> None:
    text = "Staff who break the rules face discipline."
    found = says(text, "Is there a disciplinary process, and is it rehearsed within 24 hours?")
    assert not [a for a in found.missing for b in found.missing if a != b and a in b]


def test_the_heading_a_question_stands_under_is_a_figure_of_its_own() -> None:
    about = judge("At rest?", [statement(ENCRYPTION)], section="2. Encryption")
    beside = judge("At rest?", [statement(ENCRYPTION)], section="7. Background checks")
    assert about.features["section_coverage"] > beside.features["section_coverage"]


@pytest.mark.parametrize(
    ("text", "question", "verdict"),
    [
        ("TLS 1.1 is refused.", "Is TLS 1.1 disabled?", Verdict.YES),
        ("Connections with SSLv3 are rejected.", "Is SSLv3 disabled?", Verdict.YES),
        ("TLS 1.1 cannot be disabled.", "Is TLS 1.1 disabled?", Verdict.NO),
        ("Requests without MFA are rejected.", "Is MFA disabled?", Verdict.NONE),
        ("TLS 1.1 is refused.", "Is TLS 1.1 supported?", Verdict.NO),
    ],
)  # fmt: skip
def test_what_is_refused_is_disabled(text: str, question: str, verdict: Verdict) -> None:
    assert says(text, question).verdict is verdict


@pytest.mark.parametrize(("asked", "verdict"), [(14, Verdict.NO), (12, Verdict.YES)])
def test_a_length_is_read_to_its_last_digit(asked: int, verdict: Verdict) -> None:
    question = f"Passwords have a minimum length of {asked} characters."
    assert says("Passwords are at least 12 characters long.", question).verdict is verdict


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Is data backed up, and how often?", ("how often",)),
        ("Is data backed up? If so, how often?", ("how often",)),
        ("Is data backed up?", ()),
    ],
)
def test_what_is_asked_besides_and_not_told_is_named(
    question: str, missing: tuple[str, ...]
) -> None:
    assert says("We back up customer data for a week.", question).missing == missing


def test_the_specific_thing_asked_for_is_quoted_where_it_stands_a_sentence_on() -> None:
    text = "Restores are tested by operations. This happens every quarter. Tea is served."
    found = says(text, "How often are restores tested?")
    assert found.verdict is Verdict.TEXT
    assert found.quotes == ((0, tuple(text.split(" Tea")[0].replace(". ", ".|").split("|"))),)
