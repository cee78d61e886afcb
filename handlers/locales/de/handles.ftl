# Welche Konten wirklich unsere sind.
menu-official = Ist dieser Bot echt?
official-list =
    <b>{ $name }: unsere echten Konten</b>
    { $accounts }

    Was nicht in dieser Liste steht, sind nicht wir, auch wenn es genauso aussieht. Vergleichen Sie den Namen dieses Bots Buchstabe für Buchstabe mit der Liste: Auch eine Fälschung kann sie zeigen.

    <b>So prüfen Sie die Liste selbst.</b> Sie ist mit unserem Schlüssel signiert:
    <code>{ $key }</code>
    Suchen Sie denselben Schlüssel dort, wo Sie uns schon vertraut haben: auf unserer Website, auf Papier, bei Bekannten. Ist es ein anderer, schreiben Sie hier nicht.

    Signiert am { DATETIME($signed, dateStyle: "long") }, gültig bis { DATETIME($until, dateStyle: "long") }.
official-none =
    Im Moment haben wir keine signierte Liste unserer Konten. Wenn Sie nicht sicher sind, ob dieser Bot echt ist, schreiben Sie hier noch nicht: Folgen Sie dem Link auf unserer Website, oder fragen Sie jemanden, dem Sie vertrauen.
