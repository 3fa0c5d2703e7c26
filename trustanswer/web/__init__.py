"""The review page and its JSON API: HTTP in, one call of the pipeline, HTML or JSON out."""
