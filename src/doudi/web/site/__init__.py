"""What all pages share: the frame of a page, the theme, the home page, errors, health."""
