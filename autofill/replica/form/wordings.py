"""Other words that a site could put where the form has its own: one table, from which a variant takes what it says."""

from __future__ import annotations

from typing import Final

OTHER_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "Problem Details": ("Details of your inquiry", "Tell us what happened", "Step 1: Your inquiry"),
    "Contact Information": ("Your Contact Details", "About you", "Step 2: Contact details"),
    "Review": ("Check your answers", "Review and confirm"),
    "Submit": ("Ready to send", "Submit your inquiry"),
}
OTHER_WORDS: Final[dict[str, tuple[str, ...]]] = {
    # The hub and the buttons
    "Contact Us": ("Contact USPS", "How to reach us"),
    "Email Us": ("Write to Us", "Send us an email", "Online inquiry form"),
    "Next": ("Continue", "Next step", "Save and continue"),
    "Previous": ("Back", "Go back"),
    "Submit": ("Send", "Submit inquiry", "Submit Request"),
    # Problem Details
    "What can we help you with?": ("How can we help you?", "Reason for your inquiry", "What is your inquiry about?"),
    "Please provide some additional details": ("Additional details", "Please choose what fits best"),
    "Do you have a tracking number?": ("Is there a tracking number?", "Do you have a tracking or label number?"),
    "Tracking Number": ("Tracking or Label Number", "Package tracking number"),
    "Mailing Date": ("Date of Mailing", "When was it mailed?"),
    "Mail Class": ("Class of Mail", "Service used"),
    "Extra Service": ("Extra Services", "Additional service"),
    "Contents": ("What was inside?", "Description of Contents"),
    "Insured Value": ("Value of the item", "Insured amount"),
    "Postage Paid": ("Amount of postage", "Postage"),
    "Sender Address": ("Address of the sender", "Sender's address"),
    "Recipient Address": ("Address of the recipient", "Recipient's address"),
    "Name of the Employee": ("Employee's name",),
    "Post Office or Place": ("Post Office", "Where did it happen?"),
    "Provide Your User Name": ("User name", "Your user name"),
    "Date of Problem or Best Guess": ("When did the problem happen?", "Date of the problem"),
    "Subject": ("Subject line", "Short summary"),
    "Additional Information": ("Your message", "Please describe the problem", "Comments"),
    "Previous Service Request Number": ("Earlier service request number", "Earlier case number, if any"),
    # Contact Information
    "First Name": ("Given Name", "Your first name"),
    "Last Name": ("Family Name", "Surname"),
    "Company Name": ("Company", "Organization"),
    "Email": ("Email Address", "E-mail"),
    "Confirm Email": ("Confirm Email Address", "Repeat e-mail"),
    "Phone Number": ("Phone", "Telephone", "Daytime phone"),
    "Preferred Contact Method": ("How should we contact you?", "Preferred way of contact"),
    "Country": ("Country/Region", "Your country"),
    "Street Address": ("Address Line 1", "Street"),
    "Apartment, Suite or Unit": ("Address Line 2", "Apt/Suite/Other"),
    "City": ("Town/City", "City or Town"),
    "State": ("State/Territory",),
    "ZIP Code": ("ZIP Code™", "ZIP"),
    "State, Province or Region": ("Province or Region", "Region"),
    "Postal Code": ("Postcode",),
    "I certify that what I have written is true.": (
        "I confirm that the information above is true.",
        "What I have written is true and complete.",
    ),
}
"""By the usual words; what is not here is never said otherwise."""
