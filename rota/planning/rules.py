"""What the problem of a whole rota needs beside people and places."""
