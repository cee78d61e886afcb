# Pour les lecteurs : abonnement, sujets, pause, derniers récits, langue de la conversation.
reader-offer = Dans quelle langue souhaitez-vous recevoir les récits ? Ils arrivent dès leur publication. Vous pouvez vous désabonner d’un geste, sous chacun d’eux.
reader-in-language = { $language }
reader-subscribed = Votre abonnement aux récits est enregistré.
reader-language = Langue : { $language }.
reader-all-topics = Sujets : tous.
reader-some-topics =
    { $count ->
        [one] Vous avez choisi { $count } sujet.
        [many] Vous avez choisi { $count } de sujets.
       *[other] Vous avez choisi { $count } sujets.
    }
reader-none-yet = Il n’y a pas encore de récits dans cette langue.
reader-room = Ces récits paraissent aussi dans un salon public : { $link }. Mais ses membres se voient entre eux. Ici, ils n’arrivent que pour vous.
reader-paused = En pause jusqu’au { $day } : rien n’arrivera d’ici là, puis les récits reprendront d’eux-mêmes.
reader-paused-until-return = En pause jusqu’à votre retour : ouvrez « Lire des récits », et ils reprendront.
reader-is-none = Vous n’avez pas d’abonnement pour le moment.
reader-left = Vous ne recevrez plus de récits. Nous ne gardons plus rien de votre abonnement.
reader-left-unlisted = Vous ne recevrez plus de récits. Nous ne gardons qu’une empreinte de votre compte : vous avez demandé à ne pas être ajouté depuis d’autres listes.
unlist-why = Si un jour nous reprenons les lecteurs d’une autre liste, vous pourriez y figurer. Les récits arriveraient alors de nouveau.
unlist-what = Pour l’éviter, nous pouvons retenir une empreinte de votre compte. Elle ne contient ni nom ni adresse, mais notre serveur y reconnaîtra votre compte. Nous la gardons jusqu’à ce que vous reveniez sur cette demande.
unlist-yes = Ne plus m’ajouter
unlist-no = Non, ne gardez rien
unlist-done = C’est noté : nous ne vous ajouterons pas depuis d’autres listes. Vous pouvez toujours vous abonner vous-même. Pour revenir sur cette demande, ouvrez « Lire des récits ».
unlisted = Vous avez demandé à ne pas être ajouté depuis d’autres listes. Pour cela, nous gardons une empreinte de votre compte.
unlist-undo = Revenir sur cette demande
unlist-undone = C’est fait : nous n’avons plus d’empreinte de votre compte.

reader-latest = Derniers récits
reader-topics = Choisir les sujets
reader-other-language = Changer la langue des récits
reader-pause = Faire une pause
reader-resume = Recevoir de nouveau
reader-kept = Ce que vous gardez sur moi
reader-menu = Mon abonnement
reader-done = Terminé

reader-which-topics = De quoi les récits doivent-ils parler ? Choisissez un sujet pour l’ajouter ou le retirer.
reader-topic-on = { topic-of } : oui
reader-topic-off = { topic-of } : non
reader-every-topic = Tous les sujets
reader-topic-is-last = Il doit rester au moins un sujet. Si vous ne voulez rien recevoir, faites une pause ou désabonnez-vous.
reader-which-language = Dans quelle langue souhaitez-vous recevoir les récits ?
reader-which-pause = Combien de temps doit durer la pause ? Les récits reprendront ensuite. Ce qui paraîtra entre-temps restera dans « Derniers récits ».
reader-pause-week = Une semaine
reader-pause-month = Un mois
reader-pause-return = Jusqu’à mon retour
reader-keeps = <b>Voici ce que nous gardons pour votre abonnement :</b> l’adresse de cette conversation, la langue des récits, les sujets, une pause, le rythme et l’heure des envois, les récits qui attendent votre prochaine liste, l’heure de cette liste et le récit après lequel il a commencé. La langue, l’heure de la liste et le numéro de ce récit restent en clair ; tout le reste est chiffré.
reader-keeps-not = Nous ne gardons pas de nom et ne notons pas ce que vous lisez. Désabonnez-vous, et tout cela disparaît.

reader-confirm = Voulez-vous vous abonner aux récits ?
reader-replaces = Votre langue jusqu’ici : { $language }. Elle sera remplacée.
reader-topic-is = Sujet : { topic-of }.
reader-topic-adds = Un sujet s’ajoute aux vôtres : { topic-of }.
reader-confirm-yes = M’abonner
reader-has-it = Vous recevez déjà ces récits.

reader-latest-title = <b>Derniers récits</b>
reader-latest-about = <b>Derniers récits. Sujet : { topic-of }</b>
reader-latest-none = Il n’y a encore rien ici.
reader-line = { $number }. { $title } – { topic-of }, { $day }
reader-line-elsewhere = { $number }. { $title } – { topic-of }, { $day }. Pas encore traduit ; langue : { $language }
reader-open = { $title }
reader-older = Plus anciens
reader-newer = Plus récents
reader-by-topic = Chercher par sujet
reader-which-topic = Sur quel sujet souhaitez-vous lire ?
reader-any-topic = Tous les sujets
reader-to-list = Liste des récits
reader-untranslated = Ce récit n’est pas encore traduit. Le voici tel qu’il a été écrit ; langue : { $language }.
reader-story-is-gone = Ce récit n’est plus ici.
reader-letter-is-gone = Cette lettre n’est plus ici.
reader-letter-withdrawn = La rédaction a retiré cette lettre.
reader-letter-date = { $day }
reader-letter-stories =
    { $platform ->
        [matrix] !stories
       *[other] /stories
    }
reader-letter-leave =
    { $platform ->
        [matrix] !leave
       *[other] /leave
    }
button-leave = Me désabonner
button-read-on = Lire la suite

tongue-which = Dans quelle langue souhaitez-vous parler avec nous ?
tongue-is-kept = Ce que vous avez écrit est gardé comme brouillon.
tongue-discard = Supprimer le brouillon
tongue-told-in = Ici, les récits sont écrits et préparés en russe ou en anglais. Dans quelle langue souhaitez-vous continuer ?
menu-latest = Derniers récits
menu-language = Changer de langue

page-by = Raconté par { $name }
page-by-nobody = L’auteur a souhaité ne pas être nommé
channel-withdrawn = Ce récit a été retiré.
channel-withdrawn-late = Le récit paru ici le { DATETIME($day, dateStyle: "long") } a été retiré. Ses messages sont trop anciens pour que nous puissions les supprimer. Merci de ne pas les transmettre.
channel-corrected-late = Le récit paru ici le { DATETIME($day, dateStyle: "long") } a été corrigé. Ses messages sont trop anciens pour que nous puissions les modifier. Le nouveau texte se lit auprès du bot.

# ── à celles et ceux d’une liste venue d’ailleurs ──
invite-why = Bonjour. Votre adresse figure sur une liste de personnes qui souhaitaient lire nos récits.
invite-what = Nous transférons cette liste ici et vous demandons d’abord votre avis : sans votre accord, rien ne viendra.
invite-ignore = Si vous n’avez rien demandé, inutile de répondre.
invite-yes = Oui, m’abonner
