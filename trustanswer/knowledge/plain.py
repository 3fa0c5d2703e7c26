from trustanswer.knowledge.outline import Page


def read(content: str) -> Page:
    return Page(())
