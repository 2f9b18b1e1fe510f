"""What the problem of a whole rota needs beside people and places."""

from collections.abc import Mapping


def shares_by_list(list_sizes: Mapping[str, int]) -> dict[str, int]:
    """Share a hundred per cent among organisations by their lists; rounding goes to the largest."""
    total = sum(list_sizes.values())
    if not total:
        return {}
    shares = {name: 100 * size // total for name, size in list_sizes.items()}
    largest = max(sorted(list_sizes), key=lambda name: list_sizes[name])
    shares[largest] += 100 - sum(shares.values())
    return shares
