# How many read us, week by week: a picture for editors, and the same in words.
figures-picture = As a picture, week by week
figures-picture-comes = We are drawing it: it will be here in a moment.
statistics-title = <b>Readers week by week, since { $since }.</b> In the picture, from top to bottom:
statistics-languages = <b>Languages</b>
statistics-language = { $language }: { $first } then, { $last } now.
statistics-rhythms = <b>Rhythm</b> (now: at once, 24h: daily, 7d: weekly; rounded down to fives)
statistics-rhythm =
    { $rhythm ->
        [at_once] At once
        [daily] Daily
        [weekly] Weekly
       *[other] { $rhythm }
    }: { $first } then, { $last } now.
statistics-sent = <b>Delivered in a week</b>
statistics-left = <b>Left in a week</b>
statistics-of-a-week = Between { $least } and { $most }.
statistics-every-week = { $number } each week.
statistics-few = Numbers below five are not shown, neither in the picture nor in words.
statistics-none-yet = There is nothing to draw yet: readers are counted on Mondays, and only when there are at least five.
