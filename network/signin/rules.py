"""What somebody knows their own sign-in again by."""

# The first that fits counts: most browsers say that they are several others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
WAYS = {
    "password": "Password",
    "password and code": "Password and code",
    "provider": "Another service",
    "provider and code": "Another service and code",
    "one click": "One click",
    "change": "New password",
}


def browser_of(user_agent: str) -> str:
    """Name a browser and its system from what it says of itself: 'Firefox on Windows'."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
