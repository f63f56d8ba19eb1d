"""Parts of the site to be shown elsewhere: views for a frame, one-page sheets, slides, figures."""
