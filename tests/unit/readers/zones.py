"""Forty time zones: with summer time and without, leaps at midnight, halves and quarters of an hour, all around."""

from __future__ import annotations

ZONES = (
    *("Europe/Moscow", "Europe/Kaliningrad", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Vladivostok"),
    *(
        "Asia/Kamchatka",
        "Europe/Kiev",
        "Europe/Minsk",
        "Europe/Chisinau",
        "Asia/Tbilisi",
        "Asia/Yerevan",
        "Asia/Almaty",
    ),
    *("Asia/Tashkent", "Europe/Berlin", "Europe/Prague", "Europe/London", "Europe/Lisbon", "Atlantic/Azores"),
    *("Europe/Istanbul", "Asia/Jerusalem", "Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "Asia/Tehran"),
    *("Asia/Calcutta", "Asia/Kathmandu", "Asia/Bangkok", "Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe"),
    *("Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "America/New_York", "America/St_Johns"),
    *("America/Santiago", "America/Havana", "UTC-11", "UTC+5:30"),
)
