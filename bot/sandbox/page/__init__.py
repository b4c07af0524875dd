"""The files of the page: HTML, CSS and JavaScript."""
