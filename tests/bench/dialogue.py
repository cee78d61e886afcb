"""The dialogue that everyone serves: `/start`, twelve questions, a thank you. Imports nothing: peers are weighed too.

Ours is a flow like the newsroom's (`program.py`), not the newsroom's own: that one says several messages in some turns
and writes to the editors, which no peer does.
"""

STEPS = 12
PHOTO_STEP = 6
"""Where those who have one send a photo; the next question comes once it is fetched."""
QUESTION = "Какой псевдоним поставить под историей? Лучше такой, которым вы больше нигде не подписываетесь."
BACK = "Назад"
THANKS = "Спасибо, это всё."
ANSWER = "Это мой ответ на вопрос номер {step}: в нём одно обычное предложение, какие пишут в чате."
CONNECTIONS = 32
"""In everybody's pool (`bot/platforms/telegram/adapter.py`)."""


def number(step: int) -> str:
    return f"{step}/{STEPS}"


def question(step: int) -> str:
    return f"{number(step)}\n\n{QUESTION}"


def thanks() -> str:
    return f"{THANKS}\n\n{question(1)}"
