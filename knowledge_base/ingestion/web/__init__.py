"""Documents from a website, read under rules: only public addresses, one host, and bounded in everything."""
