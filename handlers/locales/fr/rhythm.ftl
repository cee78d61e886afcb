# À quel rythme et à quelle heure arrivent les récits ; la liste de ceux qui ont paru.
# $zone : le fuseau horaire, pour les langues qui déclinent sa ville.
zone-of =
    { $zone ->
       *[other] { $city }
    }
hour-of = à { $hour } h
weekday-of =
    { $weekday ->
        [0] le lundi
        [1] le mardi
        [2] le mercredi
        [3] le jeudi
        [4] le vendredi
        [5] le samedi
       *[6] le dimanche
    }
reader-at-once = Les récits arrivent dès leur publication.
reader-daily = Les récits arrivent une fois par jour, en une seule liste, { hour-of } (heure locale : { zone-of }).
reader-weekly = Les récits arrivent une fois par semaine, en une seule liste, { weekday-of } { hour-of } (heure locale : { zone-of }).
reader-quiet = De { $begins } h à { $ends } h (heure locale : { zone-of }), rien ne vous dérange : ce qui paraît alors arrive ensuite, en une seule liste.
reader-leave-under = Vous pouvez vous désabonner d’un geste, sous chaque récit et sous chaque liste.
reader-rhythm = À quel rythme envoyer

rhythm-which = À quel rythme souhaitez-vous recevoir les récits ? Une fois par jour ou par semaine, ils arrivent en une seule liste. Si rien n’a paru, rien n’arrive.
rhythm-at-once = Dès leur parution, un par un
rhythm-daily = Une fois par jour
rhythm-weekly = Une fois par semaine
rhythm-quiet = Heures de silence
rhythm-zone = Changer de fuseau horaire
rhythm-waiting-comes = Les récits arriveront désormais dès leur parution. Ceux qui vous attendent déjà arriveront bientôt, en une seule liste.
rhythm-which-weekday = Quel jour de la semaine ?
rhythm-weekday =
    { $weekday ->
        [0] Lundi
        [1] Mardi
        [2] Mercredi
        [3] Jeudi
        [4] Vendredi
        [5] Samedi
       *[6] Dimanche
    }
rhythm-which-zone = À l’heure de quelle ville ? Écrivez une ville, par exemple « Tbilissi », ou le décalage avec Greenwich : « +4 ». Toute ville qui a la même heure convient : nous ne gardons pas la ville, seulement le fuseau horaire.
rhythm-which-guess = Est-ce l’une de celles-ci ? Sinon, écrivez une autre ville ou le décalage avec Greenwich, par exemple « +4 ».
rhythm-unknown-zone = Cette ville n’est pas dans notre liste. Nommez-en une autre qui a la même heure, plutôt grande : « Moscou », « Berlin ». Ou le décalage avec Greenwich : « +3 ».
rhythm-which-hour = À quelle heure la liste doit-elle arriver ?
rhythm-clock = Il est maintenant { $time } (heure locale : { zone-of }). Si votre montre dit autre chose, revenez en arrière et nommez une autre ville.
rhythm-hour = { $hour }:00
rhythm-quiet-begins = À partir de quelle heure ne faut-il rien envoyer ?
rhythm-quiet-ends = Silence à partir de { $begins } h. Jusqu’à quelle heure ?
rhythm-quiet-is-empty = Cela ne laisse aucune heure de silence : choisissez une autre heure pour la fin.
rhythm-no-quiet = Pas d’heures de silence

digest-title = <b>Nouveaux récits</b>
digest-more =
    { $stories ->
        [one] Encore { $stories } récit
        [many] Encore { $stories } de récits
       *[other] Encore { $stories } récits
    }
digest-is-empty = Il n’y a pas encore d’autres nouveaux récits.
