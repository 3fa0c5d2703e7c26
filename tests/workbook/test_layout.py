# ruff: noqa: E501 -- a row of a drawing is a line
"""Layouts drawn in text, each with the part every row plays and the columns of its answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.drawn import asked, columns, drawing, write
from trustanswer.workbook import read_questionnaire

LAYOUTS = {
    "a bank's form with sections, lead-ins and a part for its own staff": (
        """
        t | **Northbank plc** | < | < | < | <
        t | **Supplier Assurance Questionnaire** | < | < | < | <
        o | **Supplier name:** |||| **Date:**
        i | INSTRUCTIONS: Complete every row. Select Yes or No from the list and explain. | < | < | < | <
          |
        h | {**Ref**} | {**Control question**} | {**Response**} | {**Supporting comments**} | {**Weight**}
        s | {**A. Policies**} | < | < | < | <
        ? | 1.01 | Is there an information security policy? | [Yes,No,N/A] || 3
        ? | 1.02 | State the year in which the policy was last reviewed. | [Yes,No,N/A] || 2
        l | **1.03** | **With regard to screening:**
        ?>10 | 1.03a | (a) is the identity of staff verified? | [Yes,No,N/A] || 1
        ?>10 | 1.03b | (b) are references taken up | [Yes,No,N/A] || 1
        ? | 1.04 | Staff sign a confidentiality undertaking. | [Yes,No,N/A] || 5
          |
        x | {**FOR BANK USE ONLY - supplier to leave blank**} | < | < | < | <
        x | R-1 | Are the responses consistent with the evidence?
        x | R-2 | Is the residual risk acceptable?
          |
        . | Declaration: I confirm that the answers are true and complete. | < | < | < | <
        o | **Signature:**
        o | **Date:**
        """,
        "B: C, D",
    ),
    "a chatty list in two columns": (
        """
        h | Corner Shop - IT questions | Answer
        n | Hi! please fill in col B and send it back to jo@corner.example
          |
        s | ABOUT YOU
        ? | How long have you been in business?
        ? | Uptime target?
        ? | list of subprocessors
          |
        s | TESTING
        ? | Pen test - who did it
        ? | Bug bounty
        l | Backups -
        ?>12 | a) where are they kept
        ?>12 | b) how often
        ? | Who hosts it?
          |
        f | That's it, thanks! Any questions? ring Jo on ext 4417
        """,
        "A: B",
    ),
    "one line questions without a word of explanation": (
        """
        ? | Do you encrypt data at rest?
        ? | Do you encrypt data in transit?
        ? | Who has access to customer data?
        ? | Where is customer data stored?
        ? | Do you have a SOC 2 report?
        """,
        "A: B",
    ),
    "numbers as ids and no header": (
        """
        ? | 1.1 | Do you encrypt data at rest? |
        ? | 1.2 | Do you encrypt data in transit? |
        ? | 1.3 | Who has access to customer data? |
        ? | 1.4 | Where is customer data stored? |
        """,
        "B: C",
    ),
    "three columns to be marked": (
        """
        t | **Cloud questionnaire**
        h | **Domain** | **ID** | **Question** | **Answers** | < | < | **Notes**
        h | | | | **Yes** | **No** | **N/A**
        ? | Access | AC-1 | Is access reviewed each quarter? |  |  |  |
        ? | Access | AC-2 | Do users have unique accounts? |  |  |  |
        ? | Network | NW-1 | Are firewalls in place? | X |  |  | Yes, at the edge
        """,
        "C: D/E/F, G",
    ),
    "requirements that are stated, with a dropdown and free text": (
        """
        h | {**Req. ID**} | {**Requirement**} | {**Compliant?**} | {**Vendor response**} | {**Assessor comments**}
        ? | R1 | The vendor shall encrypt data at rest with AES-256 or better. | [Compliant,Partially compliant,Not compliant] |  |
        ? | R2 | Access rights must be reviewed at least quarterly. | [Compliant,Partially compliant,Not compliant] |  |
        ? | R3 | Backups are tested every six months. | [Compliant,Partially compliant,Not compliant] |  |
        """,
        "B: C, D",
    ),
    "the control beside the question, both reading like questions": (
        """
        h | **Control ID** | **Control Specification** | **Question ID** | **Assessment Question** | **Answer** | **Comments**
        ? | A-1 | Policies shall be established, documented and approved. | A-1.1 | Are policies established? | [Yes,No,NA] |
        ? | A-2 | Audits shall be conducted at least annually. | A-2.1 | Are audits conducted each year? | [Yes,No,NA] |
        ? | A-3 | Plans shall be tested at planned intervals. | A-3.1 | Are plans tested? | [Yes,No,NA] |
        """,
        "D: E, F",
    ),
    "two dropdowns in a row of which one is the answer": (
        """
        h | **ID** | **Question** | **Response** | **Control ownership** | **Explanation**
        ? | 1 | Is access reviewed each quarter? | [Yes,No,N/A] | [Ours,Yours,Shared] |
        ? | 2 | Do users have unique accounts? | [Yes,No,N/A] | [Ours,Yours,Shared] |
        ? | 3 | Are logs kept for a year? | [Yes,No,N/A] | [Ours,Yours,Shared] |
        """,
        "B: C, E",
    ),
    "the answer left of the question": (
        """
        h | **Answer** | **No.** | **Question** | **Remarks**
        ? | [Yes,No] | 1 | Is access reviewed each quarter? |
        ? | [Yes,No] | 2 | Do users have unique accounts? |
        ? | [Yes,No] | 3 | Are logs kept for a year? |
        """,
        "C: A, D",
    ),
    "headers repeated for each section, the section's name among them": (
        """
        t | **Assessment** | < | < | <
        h | {**Company**} | < | {**Vendor Answers**} | {**Additional Information**} | {**Guidance**} | {**Analyst Notes**}
        ? | C-1 | Do you have a security office? | [Yes,No] | | Describe its size.
        ? | C-2 | Describe your organization's background and ownership structure. | | | Include mergers.
        h | {**Documentation**} | < | {**Vendor Answers**} | {**Additional Information**} | {**Guidance**} | {**Analyst Notes**}
        ? | D-1 | Have you undergone a SOC 2 audit? | [Yes,No] | | Provide the date.
        ? | D-2 | Do you have a privacy policy? | [Yes,No] | | Provide a link.
        """,
        "B: C, D",
    ),
    "maturity from 0 to 5 and a column for proof": (
        """
        h | {**Domain**} | {**Control**} | {**Maturity (0-5)**} | {**Evidence**} | {**Comments**}
        ? | Access | Access rights are reviewed at planned intervals. | [0,1,2,3,4,5] | |
        ? | Access | Multi-factor authentication is enforced for all staff. | [0,1,2,3,4,5] | |
        ? | Network | Networks are segmented by purpose and by trust. | [0,1,2,3,4,5] | |
        """,
        "B: C, E",
    ),
    "columns for the vendor and for the customer": (
        """
        h | **#** | **Security requirement** | **Vendor response** | **Vendor comments** | **Customer use only: rating** | **Customer use only: notes**
        ? | 1 | Data is encrypted at rest and in transit. | | | [Low,Medium,High] |
        ? | 2 | Logs are kept for at least one year. | | | [Low,Medium,High] |
        ? | 3 | Staff are trained in security each year. | | | [Low,Medium,High] |
        """,
        "B: C, D",
    ),
    "a German form": (
        """
        t | **Fragebogen zur Informationssicherheit**
        i | Bitte füllen Sie die Spalten C und D aus und senden Sie die Datei zurück.
          |
        h | **Nr.** | **Frage** | **Antwort** | **Bemerkungen** | **Nachweis**
        s | **1 Organisation** | < | < | < | <
        ? | 1.1 | Gibt es eine Leitlinie zur Informationssicherheit? | [Ja,Nein,Teilweise,Entfällt] | |
        ? | 1.2 | Sind die Verantwortlichkeiten festgelegt? | [Ja,Nein,Teilweise,Entfällt] | |
        s | **2 Zugriff** | < | < | < | <
        ? | 2.1 | Werden Zugriffsrechte regelmäßig überprüft? | [Ja,Nein,Teilweise,Entfällt] | |
        ? | 2.2 | Beschreiben Sie das Verfahren zur Vergabe von Rechten. | [Ja,Nein,Teilweise,Entfällt] | |
        """,
        "B: C, D",
    ),
    "a German catalogue of requirements": (
        """
        h | {**Kennung**} | {**Anforderung**} | {**Umsetzungsstatus**} | {**Erläuterung**} | {**Prüferkommentar**}
        ? | OPS-1 | Der Anbieter muss Datensicherungen verschlüsselt ablegen. | [umgesetzt,teilweise umgesetzt,nicht umgesetzt,entbehrlich] | |
        ? | OPS-2 | Protokolle müssen mindestens 90 Tage aufbewahrt werden. | [umgesetzt,teilweise umgesetzt,nicht umgesetzt,entbehrlich] | |
        ? | OPS-3 | Schwachstellen sollen zeitnah behoben werden. | [umgesetzt,teilweise umgesetzt,nicht umgesetzt,entbehrlich] | |
        """,
        "B: C, D",
    ),
    "a French form": (
        """
        t | **Questionnaire de sécurité fournisseur**
        h | **Réf.** | **Exigence** | **Conforme ?** | **Commentaires** | **Réservé à l'acheteur**
        ? | 1 | Les données sont chiffrées au repos et en transit. | [Oui,Non,Partiellement,Sans objet] | |
        ? | 2 | Disposez-vous d'une politique de sécurité ? | [Oui,Non,Partiellement,Sans objet] | |
        ? | 3 | Décrivez votre processus de gestion des incidents. | [Oui,Non,Partiellement,Sans objet] | |
        """,
        "B: C, D",
    ),
    "a Spanish form": (
        """
        t | **Cuestionario de seguridad para proveedores**
        h | **N.º** | **Pregunta** | **Respuesta** | **Observaciones**
        ? | 1 | ¿Dispone de una política de seguridad de la información? | [Sí,No,No aplica] |
        ? | 2 | ¿Se cifran los datos en reposo? | [Sí,No,No aplica] |
        ? | 3 | Describa el proceso de gestión de incidentes. | [Sí,No,No aplica] |
        """,
        "B: C, D",
    ),
    "a question's answer merged over several columns": (
        """
        h | **ID** | **Question** | **Answer** | **Additional information**
        ? | 1 | Do you encrypt data at rest? | [Yes,No] |
        ? | 2 | Do you encrypt data in transit? | [Yes,No] |
        ? | 3 | Do you have a SOC 2 report? | [Yes,No] |
        """,
        "B: C, D",
    ),
    "a protected sheet whose open cells are the vendor's": (
        """
        h | **ID** | **Question** | **Result** | **Answer** | **Remarks**
        ? | 1 | Do you encrypt data at rest? | | ~ | ~
        ? | 2 | Do you encrypt data in transit? | | ~ | ~
        x | 3 | Is the risk acceptable to our office? | | |
        ? | 4 | Do you have a SOC 2 report? | | ~ | ~
        """,
        "B: D, E",
    ),
    "questions that are formulas": (
        """
        h | **ID** | **Question** | **Answer** | **Comments**
        ? | 1 | =Do you encrypt data at rest? | [Yes,No] |
        ? | 2 | =Do you encrypt data in transit? | [Yes,No] |
        ? | 3 | =Do you have a SOC 2 report? | [Yes,No] |
        """,
        "B: C, D",
    ),
    "an answered form without dropdowns": (
        """
        h | **Control** | **Description** | **Implemented** | **Justification**
        ? | 5.1 | A set of policies for information security shall be defined. | Yes | Policies are in place and known.
        ? | 5.2 | Responsibilities shall be defined and allocated. | Yes | See the security handbook.
        ? | 5.3 | Conflicting duties shall be segregated. | Partial | Small team, compensated by reviews.
        ? | 5.4 | Management shall require staff to apply security. | No | To be done in the next year.
        """,
        "B: C, D",
    ),
    "blank rows between all rows and cells with only a space": (
        """
        h | **Question** | **Answer**
          |
        ? | Do you encrypt data at rest? | _
          |
        ? | Do you encrypt data in transit? | _
          |
        ? | Do you have a SOC 2 report? | _
        """,
        "A: B",
    ),
    "a header far down under a page of text": (
        """
        t | **Vendor risk assessment**
        i | Thank you for taking part in our vendor risk assessment, which helps us to protect our customers.
        i | Please answer every question as completely as you can; incomplete forms will be returned.
        i | Answers must be given in English and by a person who may speak for the company.
        o | Company name |
        o | Contact person |
        o | E-mail |
          |
          |
        h | **Section** | **Question** | **Yes/No** | **Details**
        ? | Access | Is access reviewed each quarter? | |
        ? | Access | Do users have unique accounts? | |
        ? | Network | Are firewalls in place? | |
        """,
        "B: C, D",
    ),
    "guidance beside each question that reads like a question": (
        """
        h | **Question** | **Guidance** | **Response** | **Reference to ISO 27001**
        ? | Is access reviewed each quarter? | Do you keep records of reviews? Describe who takes part. | | A.5.18
        ? | Do users have unique accounts? | Are shared accounts forbidden? Explain any that exist. | | A.5.16
        ? | Are firewalls in place? | Which networks do they protect? List them all please. | | A.8.20
        """,
        "A: C",
    ),
    "follow-ups under their question": (
        """
        h | **No** | **Question** | **Answer**
        ? | 1 | Do you use subcontractors? |
        ?>2 | | If so, list them. |
        ? | 2 | Do you transfer data abroad? |
        ?>4 | | If yes, on which legal basis? |
        ? | 3 | Is there a security officer? |
        """,
        "B: C",
    ),
    "a title, a question column without a name": (
        """
        h | **Security** | | **Response** | **Comments**
        ? | S1 | Is access reviewed each quarter? | [Yes,No] |
        ? | S2 | Do users have unique accounts? | [Yes,No] |
        ? | S3 | Are firewalls in place? | [Yes,No] |
        """,
        "B: C, D",
    ),
    "objectives met or not met with notes": (
        """
        h | {**Domain**} | {**Practice**} | {**Practice Statement**} | {**Assessment Objective**} | {**Met / Not Met / N/A**} | {**Notes**}
        ? | AC | AC.1.001 | Limit system access to authorized users. | [a] authorized users are identified; | [Met,Not Met,N/A] |
        ? | AC | AC.1.001 | Limit system access to authorized users. | [b] processes acting on behalf of users are identified; | [Met,Not Met,N/A] |
        ? | AC | AC.1.002 | Limit transactions to those that users may execute. | [a] the types of transactions are defined; | [Met,Not Met,N/A] |
        ? | AC | AC.1.002 | Limit transactions to those that users may execute. | [b] system access is limited to them. | [Met,Not Met,N/A] |
        """,
        "D: E, F",
    ),
    "verification requirements with levels and references": (
        """
        h | **Area** | **#** | **Level 1** | **Level 2** | **CWE** | **NIST** | **Verification Requirement** | **Valid** | **Source code reference** | **Comment** | **Tool used**
        ? | Architecture | 1.1.1 | | ✓ | | | Verify the use of a secure software development lifecycle. | [Valid,Not valid,Not Applicable] | | |
        ? | Architecture | 1.1.2 | | ✓ | 1053 | | Verify the use of threat modeling for every design change. | [Valid,Not valid,Not Applicable] | | |
        ? | Authentication | 2.1.1 | ✓ | ✓ | 521 | 5.1.1.2 | Verify that user set passwords are at least 12 characters. | [Valid,Not valid,Not Applicable] | | |
        """,
        "G: H, J",
    ),
    "safeguards with groups and a status": (
        """
        h | **CIS Control** | **CIS Safeguard** | **Asset Type** | **Security Function** | **Title** | **Description** | **IG1** | **IG2** | **Status** | **Notes**
        ? | 1 | 1.1 | Devices | Identify | Establish an inventory | Establish and maintain an accurate inventory of all assets. | x | x | [Implemented,Partially implemented,Not implemented] |
        ? | 1 | 1.2 | Devices | Respond | Address unauthorized assets | Ensure that a process exists to address unauthorized assets. | x | x | [Implemented,Partially implemented,Not implemented] |
        ? | 2 | 2.1 | Applications | Identify | Software inventory | Establish and maintain a detailed inventory of all software. | | x | [Implemented,Partially implemented,Not implemented] |
        """,
        "F: I, J",
    ),
    "control implementation in free text": (
        """
        h | **Control ID** | **Control Name** | **Control Description** | **Responsible Role** | **Implementation Status** | **Implementation Description**
        ? | AC-1 | Policy | Develop and disseminate an access control policy. | | [Implemented,Planned,Alternative implementation,Not applicable] |
        ? | AC-2 | Accounts | Define the types of accounts allowed within the system. | | [Implemented,Planned,Alternative implementation,Not applicable] |
        ? | AC-3 | Enforcement | Enforce approved authorizations for logical access. | | [Implemented,Planned,Alternative implementation,Not applicable] |
        """,
        "C: E, F",
    ),
    "two tables on one sheet with other columns": (
        """
        h | **Question** | **Answer** | **Comments**
        ? | Is access reviewed each quarter? | [Yes,No] |
        ? | Do users have unique accounts? | [Yes,No] |
          |
        h | **No.** | **Requirement** | **Weight** | **Compliance**
        ? | 1 | Backups must be encrypted at all times. | 3 | [Compliant,Not compliant]
        ? | 2 | Logs must be kept for one year or longer. | 2 | [Compliant,Not compliant]
        """,
        "A: B, C and B: D",
    ),
    "two tables side by side": (
        """
        h | **No.** | **Question** | **Answer** | | **No.** | **Question** | **Answer**
        ? | 1 | Is access reviewed each quarter? | | | 4 | Are backups tested each year? |
        ? | 2 | Do users have unique accounts? | | | 5 | Are logs kept for a year? |
        ? | 3 | Are firewalls in place? | | | 6 | Is there a security officer? |
        """,
        "B: C and F: G",
    ),
    "a list under the name of its questions alone": (
        """
        h | **Questions**
        ? | Do you encrypt data at rest?
        ? | Do you have a SOC 2 report?
        ? | Is there a security officer?
        ? | Describe how you train your staff.
        """,
        "A: B",
    ),
    "a numbered list under the name of its questions alone": (
        """
        h | No. | Requirement
        ? | 1 | Do you review access each quarter?
        ? | 2 | Do you test backups each year?
        ? | 3 | Is there a security officer?
        ? | 4 | Describe how you train your staff.
        """,
        "B: C",
    ),
    "hidden rows": (
        """
        h | **Question** | **Answer**
        ? | Do you encrypt data at rest? |
        x! | Do you meet our internal risk appetite? |
        ? | Do you have a SOC 2 report? |
        ? | Do you train your staff? |
        """,
        "A: B",
    ),
    "a response to be checked in one of five columns": (
        """
        t | **Self-Assessment Questionnaire**
        h | **Requirement** | < | **Expected Testing** | **Response** | < | < | < | <
        h | | | | **Yes** | **Yes with CCW** | **No** | **N/A** | **Not Tested**
        ? | 1.1.1 | Are all security policies documented and kept up to date? | Examine documents. | | | | |
        ? | 1.1.2 | Are roles and responsibilities assigned and understood? | Interview staff. | | | | |
        ? | 1.2.1 | Are configuration standards defined and maintained? | Examine settings. | | | | |
        """,
        "B: D/F/G",
    ),
    "groups of columns for vendor and customer, each with its comments": (
        """
        h | {**ID**} | {**Control**} | {**Vendor response**} | < | {**Customer review**} | <
        h | | | {**Status**} | {**Comment**} | {**Rating**} | {**Comment**}
        ? | A1 | Access rights are reviewed at planned intervals. | [Met,Not met] | | [Low,High] |
        ? | A2 | Multi-factor authentication is enforced for all staff. | [Met,Not met] | | [Low,High] |
        ? | A3 | Networks are segmented by purpose and by trust. | [Met,Not met] | | [Low,High] |
        """,
        "B: C, D",
    ),
    "sections that carry a number and look like the rest": (
        """
        h | **No.** | **Control question** | **Answer** | **Remarks**
        s | 1 | Policies and Organization
        ? | 1.1 | To what extent are policies available? | |
        ? | 1.2 | To what extent are responsibilities organized? | |
        s | 2 | Human Resources
        ? | 2.1 | To what extent is staff qualified? | |
        ? | 2.2 | To what extent is staff made aware of risks? | |
        """,
        "B: C, D",
    ),
    "a maturity with requirements that must and should be met": (
        """
        h | **No.** | **Maturity level** | **Control question** | **Objective** | **Requirements (must)** | **Requirements (should)** | **Description of implementation** | **Reference documentation** | **Findings**
        s | 1 | | **Policies**
        ? | 1.1 | [0,1,2,3,4,5,na] | To what extent are policies available? | The organization needs at least one policy. | + A policy has been created and released. | + Further policies exist. | | |
        ? | 1.2 | [0,1,2,3,4,5,na] | To what extent is security managed? | A working management system needs responsibilities. | + The scope is defined. + Goals are set. | None | | |
        s | 2 | | **People**
        ? | 2.1 | [0,1,2,3,4,5,na] | To what extent is staff made aware? | Staff that is not aware is a risk to itself. | + All staff is trained. | + Training is repeated. | | |
        """,
        "C: B, G",
    ),
    "questions, a type of answer and hints": (
        """
        h | **Question No.** | **Question** | **Guidance** | **Type of answer** | **Your answer**
        ? | A1.1 | What is your organisation's name? | Give the name as registered. | Text |
        ? | A2.1 | Does the scope cover your whole organisation? | Whole means all of it. | Yes/No |
        ? | A2.2 | Please list the quantities of laptops in scope. | Include virtual ones. | Text |
        """,
        "B: E",
    ),
    "a status of the customer's work beside the response": (
        """
        h | **#** | **Question** | **Response** | **Status**
        ? | 1 | Is access reviewed each quarter? | | [Open,Closed]
        ? | 2 | Do users have unique accounts? | | [Open,Closed]
        ? | 3 | Are firewalls in place? | | [Open,Closed]
        """,
        "B: C",
    ),
    "a column for attachments, which is no place for comments": (
        """
        h | **#** | **Question** | **Answer** | **Attachment / link**
        ? | 1 | Is access reviewed each quarter? | [Yes,No] |
        ? | 2 | Do users have unique accounts? | [Yes,No] |
        ? | 3 | Are firewalls in place? | [Yes,No] |
        """,
        "B: C",
    ),
    "an example above the questions and a total below": (
        """
        h | **No.** | **Question** | **Answer** | **Comments**
        n | Example | Do you lock your doors? | Yes | We have three locks.
        ? | 1 | Is access reviewed each quarter? | |
        ? | 2 | Do users have unique accounts? | |
        ? | 3 | Are firewalls in place? | |
        f | | **Total score** | =0 |
        """,
        "B: C, D",
    ),
    "hints below the names of the columns": (
        """
        h | {**No.**} | {**Question**} | {**Answer**} | {**Comments**}
        n | | | (select from the list) | (at most 500 characters)
        ? | 1 | Is access reviewed each quarter? | [Yes,No] |
        ? | 2 | Do users have unique accounts? | [Yes,No] |
        ? | 3 | Are firewalls in place? | [Yes,No] |
        """,
        "B: C, D",
    ),
    "an answer column that bears the vendor's name": (
        """
        h | **No.** | **Question** | **Acme Ltd.**
        ? | 1 | Is access reviewed each quarter? |
        ? | 2 | Do users have unique accounts? |
        ? | 3 | Are firewalls in place? |
        """,
        "B: C",
    ),
    "answers merged over the column of comments where only text is asked": (
        """
        h | **ID** | **Question** | **Vendor Answers** | **Additional Information** | **Guidance**
        ? | 1 | Describe your organization and its owners. | _ | < | Be brief.
        ? | 2 | Do you have a security office? | [Yes,No] | | Describe its size.
        ? | 3 | Do you have a SOC 2 report? | [Yes,No] | | Attach it.
        """,
        "B: C and B: C, D",
    ),
    "answers made of the words of headers": (
        """
        h | **Question** | **Answer** | **Comments**
        ? | Is access reviewed each quarter? | Implemented | See comments
        ? | Do users have unique accounts? | Implemented | Response to follow
        ? | Are firewalls in place? | Compliant | Evidence attached
        ? | Describe how backups are made. | Implemented | Implemented
        """,
        "A: B, C",
    ),
    "one category merged down over many rows": (
        """
        h | **Function** | **Category** | **Subcategory** | **Implementation status** | **Comments**
        ? | GOVERN | Context (GV.OC) | GV.OC-01: The mission is understood and informs risk management. | [Implemented,Partially,Not implemented] |
        ? | ^ | ^ | GV.OC-02: Stakeholders are understood and their needs considered. | [Implemented,Partially,Not implemented] |
        ? | ^ | Strategy (GV.RM) | GV.RM-01: Objectives are established and agreed to. | [Implemented,Partially,Not implemented] |
        ? | ^ | ^ | GV.RM-02: Risk appetite is established and communicated. | [Implemented,Partially,Not implemented] |
        """,
        "C: D, E",
    ),
    "a part for the customer with a header of its own": (
        """
        h | **Question** | **Answer**
        ? | Is access reviewed each quarter? |
        ? | Do users have unique accounts? |
        ? | Are firewalls in place? |
          |
        x | **For internal use only**
        x | Is the vendor critical to our business? |
        x | Has the contract been reviewed by counsel? |
        """,
        "A: B",
    ),
    "a table whose text stands in a wide merged cell": (
        """
        t | **Security annex** | < | < | < | <
        h | **No.** | **Question** | < | **Response** | <
        ? | 1 | Is access reviewed each quarter? | < | _ | <
        ? | 2 | Do users have unique accounts? | < | _ | <
        ? | 3 | Are firewalls in place? | < | _ | <
        """,
        "B: D",
    ),
    "only statements and room for remarks": (
        """
        h | **Requirement** | **Comments**
        ? | Data is encrypted at rest and in transit. |
        ? | Logs are kept for at least one year. |
        ? | Staff are trained in security each year. |
        """,
        "A: B",
    ),
    "a yes or no and, apart from it, a response in words": (
        """
        h | **Ref** | **Question** | **Y/N** | **Response** | **Evidence**
        ? | 1 | Is access reviewed each quarter? | | |
        ? | 2 | Do users have unique accounts? | | |
        ? | 3 | Are firewalls in place? | | |
        """,
        "B: C, D",
    ),
    "sections in capitals within the question column and ids": (
        """
        h | **Ref** | **Question** | **Answer**
        s | | ACCESS CONTROL
        ? | 1 | Quarterly access reviews |
        ? | 2 | Unique user accounts |
        s | | NETWORK
        ? | 3 | Firewalls at the edge |
        ? | 4 | Network segmentation |
        """,
        "B: C",
    ),
    "answers under their questions": (
        """
        t | **Security questions for our suppliers**
          |
        ? | 1. Is access reviewed each quarter?
          | {}
        ? | 2. Do users have unique accounts?
          | {}
        ? | 3. Are firewalls in place?
          | {}
        ? | 4. Where is data stored?
          | {}
        """,
        "A: A",
    ),
    "answers under their questions, each with a label": (
        """
        ? | Question: | Is access reviewed each quarter?
        . | Answer: |
          |
        ? | Question: | Do users have unique accounts?
        . | Answer: |
          |
        ? | Question: | Are firewalls in place?
        . | Answer: |
        """,
        "B: B",
    ),
    "an answered table of terms beside the questions": (
        """
        h | **Question** | **Answer** | | **Term** | **Meaning**
        ? | Is access reviewed each quarter? | | | MFA | Multi-factor authentication
        ? | Do users have unique accounts? | | | SSO | Single sign-on
        ? | Are firewalls in place? | | | WAF | Web application firewall
        """,
        "A: B",
    ),
    "outcomes with indicators that are described, and an assessment": (
        """
        h | **Ref** | **Contributing outcome** | **Not achieved** | **Partially achieved** | **Achieved** | **Self-assessment** | **Justification**
        ? | A1.a | You have effective security management led at board level. | The board does not discuss security. | The board discusses it at times. | The board sets the direction for it. | [Achieved,Partially achieved,Not achieved] |
        ? | A1.b | Your organisation has established roles for security. | Key roles are missing at present. | Key roles are known to some people. | Key roles are known to all people. | [Achieved,Partially achieved,Not achieved] |
        ? | A2.a | You take steps to manage risks to the service. | Risks are not managed in any way. | Risks are managed in some areas. | Risks are managed in all areas. | [Achieved,Partially achieved,Not achieved] |
        """,
        "B: F, G",
    ),
    "a German check with four columns to be crossed": (
        """
        h | **Nr.** | **Anforderung** | **Typ** | **entbehrlich** | **ja** | **teilweise** | **nein** | **Verantwortlich** | **Bemerkungen**
        ? | A1 | Für den Betrieb muss ein Verantwortlicher benannt sein. | Basis | | | | | |
        ? | A2 | Protokolle müssen regelmäßig ausgewertet werden. | Basis | | | | | |
        ? | A3 | Datensicherungen sollten getestet werden. | Standard | | | | | |
        """,
        "B: D/E/F/G, I",
    ),
    "the state of a control in one of five columns": (
        """
        h | **Control** | **Requirement** | **Implementation status** | < | < | < | < | **Remarks**
        h | | | **Implemented** | **Partially implemented** | **Planned** | **Alternative** | **N/A** |
        ? | AC-1 | The organization develops an access control policy. | | | | | |
        ? | AC-2 | The organization manages accounts of the system. | | | | | |
        ? | AC-3 | The system enforces approved authorizations. | | | | | |
        """,
        "B: C/D/G, H",
    ),
    "columns whose names are instructions": (
        """
        h | **Requirement** | **Milestone** | **Status\\nPlease enter "yes" if fully compliant with the requirement** | **Comments\\nIf status is "no", please explain**
        ? | 1.1 Processes for network security controls are defined and understood. | 2 | |
        ? | 1.2 Network security controls are configured and maintained. | 2 | |
        ? | 1.3 Network access to and from sensitive areas is restricted. | 1 | |
        """,
        "A: C, D",
    ),
    "an evidence text that is the question": (
        """
        h | **Evidence ref** | **Evidence text** | **Mandatory?** | **Tooltip** | **Response** | **Comments**
        ? | 1.1.1 | State your organisation's registration number. | Yes | The number of the registrar. | |
        ? | 1.1.2 | Your organisation has documented what personal data it holds. | Yes | A register will do here. | |
        ? | 1.2.1 | Are there approved policies for data protection? | No | Approved by the board. | |
        """,
        "B: E, F",
    ),
    "identifiers, revisions and applicability around the description": (
        """
        h | **Guideline** | **Section** | **Topic** | **Identifier** | **Revision** | **Updated** | **OFFICIAL** | **SECRET** | **Description** | **Implementation status** | **Responsible entity** | **Comments**
        ? | Roles | Leadership | Overseeing | ISM-0714 | 5 | 2020 | Yes | Yes | A chief security officer is appointed to provide leadership. | | |
        ? | Roles | Leadership | Overseeing | ISM-1478 | 1 | 2020 | Yes | Yes | The chief security officer oversees the cyber security program. | | |
        ? | Incidents | Managing | Register | ISM-0125 | 6 | 2022 | Yes | No | A cyber security incident register is developed and maintained. | | |
        """,
        "I: J, L",
    ),
    "question numbers and texts of a large catalogue with its mappings": (
        """
        t | **Standard questionnaire 2025** | < | < | < | < | <
        . | **A. Enterprise risk management** | < | < | < | < | <
        h | **Ques Num** | **Question/Request** | **Response** | **Additional Information** | **ISO 27002:2022** | **NIST CSF**
        ? | A.1 | Is there a formalized risk governance plan approved by management? | [Yes,No,N/A] | | 5.1 | GV.OC
        ? | A.1.1 | Does the plan include a risk assessment? | [Yes,No,N/A] | | 5.2 | GV.RM
        ? | A.1.2 | Is the plan reviewed at least annually? | [Yes,No,N/A] | | |
        s | **B. Network** | < | < | < | < | <
        ? | B.1 | Are there security and hardening standards for network devices? | [Yes,No,N/A] | | 8.20 | PR
        """,
        "B: C, D",
    ),
    "a question's number in the same cell, sections in bold": (
        """
        h | **Cyber security** | **Your reply**
        s | **1. Governance**
        ? | 1.1 Who is responsible for security in your company? |
        ? | 1.2 How often are policies reviewed? |
        s | **2. Technology**
        ? | 2.1 Which encryption do you use for data at rest? |
        ? | 2.2 Describe your backups. |
        """,
        "A: B",
    ),
    "short topics to be told about": (
        """
        h | **Topic** | **Description** | **Supplier response**
        ? | Encryption | Data at rest and in transit, key management | |
        ? | Access | Authentication, authorization, reviews of rights | |
        ? | Backup | Frequency, place, tests of restoring | |
        """,
        "B: C",
    ),
    "a Spanish catalogue with remarks and a column for the buyer": (
        """
        h | {**Código**} | {**Ámbito**} | {**Requisito**} | {**Cumple**} | {**Justificación**} | {**Uso interno**}
        ? | S1 | Accesos | El proveedor debe revisar los accesos cada trimestre. | [Cumple,No cumple,Cumple parcialmente,No aplica] | |
        ? | S2 | Redes | Las redes deben estar segmentadas según su uso. | [Cumple,No cumple,Cumple parcialmente,No aplica] | |
        ? | S3 | Datos | Los datos deben cifrarse en reposo y en tránsito. | [Cumple,No cumple,Cumple parcialmente,No aplica] | |
        """,
        "C: D, E",
    ),
    "a French form in sections with follow-ups": (
        """
        t | **Questionnaire sécurité**
        i | Merci de compléter toutes les lignes et de renvoyer le fichier.
        h | **N°** | **Question** | **Réponse** | **Précisions**
        s | **Gouvernance** | < | < | <
        ? | 1 | Existe-t-il une politique de sécurité ? | [Oui,Non] |
        ?>5 | | Si oui, à quelle fréquence est-elle revue ? | |
        ? | 2 | Quel est le nom du responsable de la sécurité ? | |
        s | **Données** | < | < | <
        ? | 3 | Les données sont-elles chiffrées au repos ? | [Oui,Non] |
        ? | 4 | Où sont hébergées les données ? | |
        """,
        "B: C, D",
    ),
    "points and weights that are computed": (
        """
        h | **#** | **Question** | **Weight** | **Answer** | **Points** | **Max points** | **Notes**
        ? | 1 | Is access reviewed each quarter? | 5 | [Yes,No,Partially] | =0 | 5 |
        ? | 2 | Do users have unique accounts? | 3 | [Yes,No,Partially] | =0 | 3 |
        ? | 3 | Are firewalls in place? | 3 | [Yes,No,Partially] | =0 | 3 |
        """,
        "B: D, G",
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_questions_and_the_cells_of_their_answers_are_found_in(name: str, tmp_path: Path) -> None:
    text, expected = LAYOUTS[name]
    drawn = drawing(text)
    found = read_questionnaire(write(tmp_path / "book.xlsx", drawn))
    assert sorted(set(asked(found))) == drawn.asking
    assert columns(found) == expected


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_other_row_has_its_reason_in(name: str, tmp_path: Path) -> None:
    drawn = drawing(LAYOUTS[name][0])
    found = read_questionnaire(write(tmp_path / "book.xlsx", drawn))
    reasons = {other.row: other.reason for other in found.others}
    assert reasons.keys() == drawn.others.keys()
    assert {r: reasons[r] for r, part in drawn.others.items() if part != "."} == {
        r: part for r, part in drawn.others.items() if part != "."
    }


@pytest.mark.parametrize("name", LAYOUTS)
def test_children_and_follow_ups_know_what_they_hang_on_in(name: str, tmp_path: Path) -> None:
    drawn = drawing(LAYOUTS[name][0])
    found = read_questionnaire(write(tmp_path / "book.xlsx", drawn))
    texts = {row: cells for row, (_, cells) in enumerate(drawn.rows, 1)}
    for question in found.questions:
        _, _, parent = drawn.rows[question.row - 1][0].partition(">")
        if parent:
            assert question.parent is not None
            assert any(cell.strip("*") == question.parent for cell in texts[int(parent)])
        else:
            assert question.parent is None
