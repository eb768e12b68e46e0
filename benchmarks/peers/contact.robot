*** Comments ***
What one would write by hand with Robot Framework Browser.
Usage: robot --variable BROWSER:... --variable URL:... --variable FOLDER:... contact.robot

*** Settings ***
Library     Browser    timeout=20s    run_on_failure=${None}

*** Variables ***
${MESSAGE}
...    SEPARATOR=\n
...    A package with three books was mailed to me from Portland on October 5.
...    It was expected on October 9 and has not arrived. Tracking shows no scan since October 7.
...    ${EMPTY}
...    I have asked my neighbors and the local post office; neither has it.
...    Could you please search for it and tell me what you find?

*** Test Cases ***
Missing Package
    New Browser    chromium    headless=True    executablePath=${BROWSER}
    New Page    ${URL}/help/contact-us.htm
    Set Viewport Size    1280    960
    Shot    1-contact-us
    Click    role=link[name="Email Us"s]
    Problem Details
    Shot    2-problem-details
    Next
    Contact Information
    Shot    3-contact-information
    Next
    Heading    Review
    Shot    4-review
    Next
    Heading    Submit
    Shot    5-submit
    Click    role=button[name="Submit"s]
    Heading    Thank you for contacting us
    Shot    6-confirmation
    Get Text    css=.case-number    matches    [0-9]{8}

*** Keywords ***
Problem Details
    Pick    What can we help you with?    Where is my package?
    Pick    Please provide some additional details    Package not received
    Choose    Yes
    Fill    Tracking Number    9400111202555830001010
    Keyboard Key    press    Tab
    Wait For Elements State    text="Mailpiece information"
    Fill    Mailing Date    Oct 5, 2026
    Select Options By    css=[name=mail_class]    text    Media Mail
    Fill    Sender Address    88 Elm Street, Portland, OR 97205-1234
    Fill    Recipient Address    1200 Harbor Street, Apt 4B, San Francisco, CA 94107
    Fill    Date of Problem or Best Guess    Oct 9, 2026
    Fill    Subject    Media Mail package not received
    Fill    Additional Information    ${MESSAGE}

Contact Information
    Fill    First Name    Maria
    Fill    Last Name    O'Brien
    Fill    Company Name    Harbor Street Books
    Fill    Email    maria.obrien@example.com
    Fill    Confirm Email    maria.obrien@example.com
    Choose    Email
    Fill    Phone Number    (415) 555-0132
    Pick    Country    United States
    Fill    Street Address    1200 Harbor Street
    Fill    Apartment, Suite or Unit    Apt 4B
    Fill    City    San Francisco
    Pick    State    California
    Fill    ZIP Code    94107
    Choose    I certify that what I have written is true.

Fill
    [Arguments]    ${name}    ${value}
    Fill Text    role=textbox[name="${name}"s]    ${value}

Pick
    [Arguments]    ${name}    ${value}
    Click    role=combobox[name="${name}"s]
    Click    role=option[name="${value}"s]

Choose
    [Arguments]    ${label}
    Click    xpath=//label[normalize-space()="${label}"]

Next
    Click    role=button[name="Next"s]

Heading
    [Arguments]    ${text}
    Wait For Elements State    role=heading[name="${text}"s]

Shot
    [Arguments]    ${name}
    Take Screenshot    ${FOLDER}/${name}    fullPage=True    log_screenshot=False
