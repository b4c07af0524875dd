"""The prompts, as Markdown files with front matter; loaded by ``graph.llm``."""
