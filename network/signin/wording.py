"""What the door says."""

NO_SUCH_PAIR = "That email address and password do not go together. Check both and try again."

MESSAGES = {
    "GENERIC_AUTHN_FAILED": NO_SUCH_PAIR,
    "UNAUTHENTICATED": "Sign in to see this page.",
    "REAUTHENTICATION_REQUIRED": "Enter your password again before you change this.",
    "EMAIL_NOT_PROVIDED": "Enter your email address",
    "INVALID_EMAIL_ADDRESS": "Enter an email address, such as name@example.org",
    "PASSWORD_NOT_PROVIDED": "Enter your password",
    "INVALID_PASSWORD": "That is not your password. Try again.",
    "PASSWORD_INVALID_LENGTH": "Enter at least %(length)s characters: three random words will do",
    "PASSWORD_IS_THE_SAME": "Choose a password that you do not have now",
    "RETYPE_PASSWORD_MISMATCH": "Enter the same password twice",
    "INVALID_REDIRECT": "That address leads somewhere else.",
    "INVALID_CODE": "Enter the 6 digits that your authenticator app shows now",
    "TWO_FACTOR_INVALID_TOKEN": "That code does not fit. Enter the 6 digits that your app shows now.",
    "TWO_FACTOR_PERMISSION_DENIED": "Sign in first.",
    "TWO_FACTOR_SETUP_EXPIRED": "That took too long. Start again.",
    "INVALID_RECOVERY_CODE": "That is not one of your unused recovery codes",
    "PASSWORD_RESET_EXPIRED": "That link is too old. Ask for a new one.",
    "INVALID_RESET_PASSWORD_TOKEN": "That link was used already or is not complete. Ask for a new one.",
    "ANONYMOUS_USER_REQUIRED": "You are signed in already.",
}
# The same words whether there is such an account or not.
GOOD_NEWS = {
    "PASSWORD_RESET_REQUEST": "If there is an account with that address, a link is on its way to it.",
    "PASSWORD_RESET_NO_LOGIN": "Your password is set. Sign in with it.",
    "PASSWORD_CHANGE": "Your password is changed. You are signed out everywhere else.",
    "REAUTHENTICATION_SUCCESSFUL": "Thank you. Go on.",
    "TWO_FACTOR_LOGIN_SUCCESSFUL": "You are signed in.",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "Your second factor is set. Make recovery codes next.",
    "TWO_FACTOR_DISABLED": "Your second factor is removed.",
}


def signed_out_said(*, was_ended: bool) -> str:
    """Say why somebody is asked to sign in again."""
    if was_ended:
        return "You were signed out from another browser, or by a new password. Sign in again to go on."
    return "You were signed out because nothing happened for a while. Sign in again to go on."
