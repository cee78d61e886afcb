# Menu principal, commandes, aide.
home-hello =
    { $platform ->
        [matrix]
            <b>Tamizdat</b> recueille les récits de russophones qui défendent la paix et la liberté.

            Pour choisir, envoyez le numéro, ou mettez-le en réaction sous le message.
       *[other] <b>Tamizdat</b> recueille les récits de russophones qui défendent la paix et la liberté.
    }
home-can = Ici, vous pouvez raconter votre histoire ou vous abonner à celles des autres.
home-tell = Raconter une histoire
home-mine = Mes récits
home-question = La rédaction vous a laissé une question
home-consent = Le texte final vous attend
queue-home = La liste de la rédaction
home-read = Lire des récits
home-receipt = J’ai sept mots
home-delete = Supprimer tout ce qui me concerne
home-language = Langue / Language
home-press =
    { $platform ->
        [matrix] Pour commencer, envoyez le numéro de l’un des choix ci-dessous.
       *[other] Pour commencer, touchez l’un des boutons ci-dessous.
    }
help =
    <b>Raconter.</b> Écrivez autant que vous voulez, envoyez des photos et des enregistrements : la rédaction ne les verra que lorsque vous aurez choisi « Envoyer ».
    <b>Ensuite.</b> La rédaction lit le récit et vous posera peut-être une question. Rien ne paraît sans votre accord.
    <b>Vous avez changé d’avis ?</b> Vous pouvez reprendre un récit avant sa publication : « Mes récits ».
    { $platform ->
        [matrix] <b>Lire.</b> Vous pouvez vous abonner aux récits des autres et vous désabonner à tout moment.
            <b>Commandes.</b> Menu : !start, raconter une histoire : !story, mes récits : !mine, derniers récits : !stories, tout ce que vous gardez sur moi : !data, tout supprimer sur moi : !delete.
       *[other] <b>Lire.</b> Vous pouvez vous abonner aux récits des autres et vous désabonner à tout moment.
    }
menu-start = Menu principal
menu-story = Raconter une histoire
menu-mine = Mes récits
menu-receipt = Retrouver un récit avec sept mots
menu-read = S’abonner aux récits
menu-data = Tout ce que vous gardez sur moi
menu-delete = Supprimer tout ce qui me concerne
menu-help = Comment cela fonctionne
