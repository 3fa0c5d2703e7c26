"""What nobody misses is affirmed, unless a question asks for just that."""

from __future__ import annotations

import pytest

from trustanswer.answering.verdict import judge
from trustanswer.model import Statement, Verdict


def says(text: str, question: str) -> Verdict:
    return judge(question, [Statement("s", ("Security", "Measures"), text, "t.md", (1, 1))]).verdict


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Do support agents hold permanent rights on customer tenants?",
         "Support agents have no permanent rights on customer tenants."),
        ("Do engineers have standing access to databases?",
         "Engineers have no permanent access to databases."),
        ("Is a fee charged for exports?", "Exports come at no extra cost."),
        ("Is there a penalty for ending the contract early?",
         "Customers may end the contract early without penalty."),
        ("Does personal data leave Switzerland?", "Personal data never leaves Switzerland."),
        ("Do keys leave the HSM?", "Keys never leave the HSM."),
        ("Can one customer read the records of another customer?",
         "One customer cannot read the records of another."),
        ("Can the camera agent be uninstalled by employees?",
         "The camera agent cannot be uninstalled by employees."),
        ("Do you store log files?", "Log files are no longer stored."),
        ("Do updates cause downtime?", "Updates are installed without downtime."),
        ("Does failover require manual steps?", "Failover happens without manual steps."),
        ("Is there a single point of failure in the network?",
         "The network has no single point of failure."),
        ("Is there a link between the guest and the office network?",
         "There is no link between the guest network and the office network."),
        ("Were exceptions noted in the SOC 2 report?",
         "No exceptions were noted in the SOC 2 report."),
        ("Is production data copied to test systems?",
         "We never copy production data to test systems."),
        ("Are changes merged without approval?", "No change is merged without approval."),
        ("Is traffic between services encrypted?",
         "Web traffic is encrypted with TLS. Traffic between services is currently unencrypted."),
        ("Are idle sessions terminated?",
         "Idle sessions remain signed in until the browser is closed."),
    ],
)  # fmt: skip
def test_a_reassurance_denies_what_it_rules_out(question: str, text: str) -> None:
    assert says(text, question) is Verdict.NO


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Is phone support included?", "Phone support is included at no extra charge."),
        ("Is phone support included at no extra charge?",
         "Phone support is included at no extra charge."),
        ("Personal data does not leave Switzerland.", "Personal data never leaves Switzerland."),
        ("Is the failover automatic?", "Failover happens without manual intervention."),
        ("Is the network redundant?", "The network has no single point of failure."),
        ("Are log files deleted?", "Log files are no longer stored."),
        ("Is personal data that is no longer needed deleted?",
         "Personal data that is no longer needed is deleted."),
        ("Are inactive accounts disabled?",
         "Accounts that are not used for 90 days are disabled."),
        ("Are the wireless links unencrypted?", "The wireless links are unencrypted."),
        ("Are unencrypted connections refused?", "Unencrypted connections are refused."),
        ("Is approval required before changes are merged?",
         "No change is merged without approval."),
    ],
)  # fmt: skip
def test_a_reassurance_affirms_what_it_stands_for(question: str, text: str) -> None:
    assert says(text, question) is Verdict.YES


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Do support agents have access to customer tenants?",
         "Support agents have no permanent access to customer tenants."),
        ("Is personal data kept in Switzerland?", "Personal data never leaves Switzerland."),
        ("Is data stored within the EU?", "Nothing is stored outside the EU."),
        ("Is the agent protected from being uninstalled?", "The agent cannot be uninstalled."),
        ("Do you have controls to stop users uninstalling the agent?",
         "The agent cannot be uninstalled by users."),
        ("Are access requests approved?", "Employees cannot approve their own access requests."),
        ("Is the guest network separated from the office network?",
         "There is no link between the guest network and the office network."),
        ("Are shared accounts used?", "Accounts not used for 90 days are disabled."),
        ("Can a customer leave at any time?", "Customers may leave without penalty."),
        ("Is test data generated rather than copied from production?",
         "We never copy production data to test systems."),
        ("Do sessions expire when idle?", "Sessions stay open for 15 minutes and end then."),
        ("Are keys stored in an HSM?", "Keys never leave the HSM."),
        ("Are customers told of downtime?",
         "Updates are installed without downtime. Customers are told of downtime a week ahead."),
    ],
)  # fmt: skip
def test_a_reassurance_denies_nothing_beside(question: str, text: str) -> None:
    assert says(text, question) is not Verdict.NO
