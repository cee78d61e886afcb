# How often stories come, and by which clock; the list of what came out.
# $zone: the time zone, for languages that decline its city.
zone-of =
    { $zone ->
       *[other] { $city }
    }
hour-of = at { $hour }:00
weekday-of =
    { $weekday ->
        [0] on Mondays
        [1] on Tuesdays
        [2] on Wednesdays
        [3] on Thursdays
        [4] on Fridays
        [5] on Saturdays
       *[6] on Sundays
    }
reader-at-once = Stories come as soon as they are published.
reader-daily = Stories come once a day, in one list, { hour-of } { zone-of } time.
reader-weekly = Stories come once a week, in one list, { weekday-of } { hour-of } { zone-of } time.
reader-quiet = From { $begins }:00 to { $ends }:00 { zone-of } time are quiet hours: what comes out then arrives afterwards, in one list.
reader-leave-under = You can leave right under any story and any list.
reader-rhythm = How often to send

rhythm-which = How often shall we send you stories? Once a day or a week they come in one list. If nothing has come out, nothing comes.
rhythm-at-once = At once, each by itself
rhythm-daily = Once a day
rhythm-weekly = Once a week
rhythm-quiet = Quiet hours
rhythm-zone = Change the time zone
rhythm-waiting-comes = From now on stories come at once. Those that are waiting for you already come soon, in one list.
rhythm-which-weekday = On which day of the week?
rhythm-weekday =
    { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    }
rhythm-which-zone = By which clock shall we send? Write a city, for example “Tbilisi”, or the offset from Greenwich: “+4”. Any city with the same time will do: we don’t keep the city, only the time zone.
rhythm-which-guess = Is it one of these? If not, write another city, or the offset from Greenwich, for example “+4”.
rhythm-unknown-zone = That city is not on our list. Name another one with the same time, a big one if you can: “Moscow”, “Berlin”. Or the offset from Greenwich: “+3”.
rhythm-which-hour = At what hour shall the list come?
rhythm-clock = It is { $time } now, { zone-of } time. If your clock says something else, go back and name another city.
rhythm-hour = { $hour }:00
rhythm-quiet-begins = From what hour on shall no stories come?
rhythm-quiet-ends = Quiet from { $begins }:00. Until what hour?
rhythm-quiet-is-empty = That leaves no quiet hours: choose another hour for their end.
rhythm-no-quiet = No quiet hours

digest-title = <b>New stories</b>
digest-more =
    { $stories ->
        [one] { $stories } more story
       *[other] { $stories } more stories
    }
digest-is-empty = There are no other new stories yet.
