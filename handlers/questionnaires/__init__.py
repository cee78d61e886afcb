"""The questionnaires by which stories are told, kept as data: `<language>/<name>.toml`, edited without code.

questionnaire.py   a questionnaire, its questions, and all of them by language
loading.py         from the files; what is wrong with one is said with its remedy
"""
