"""What is held of people hangs on their entry by keys; what has a key to it and is not theirs. Pure."""

# Columns that name a person or a case without a foreign key, and the table that they point at.
NAMED = {"patient_id": "patient", "case_id": "mdt_case"}

# Tables that name somebody and yet are not what is held of them, each with the reason.
APART = {
    "removal_line": "That somebody was removed, when and why: it stays when they go, and says no more.",
    "audit_entry": "Who did what, by ids only: nobody can change it, and it is read as who saw what.",
    "audit_about": "Which entries of the trail are about whom: ids only, and it stays with the trail.",
}
