"""The danger words: phrases that make the bot ask whether someone is in danger, by what they speak of.

Notation. The text is folded first (`hotline.triage.fold`), so phrases are plain lower-case words with single spaces. `~` before a root
stands for the passive (dipukul, di pukul, dpukul, d pukul), `~` after it for endings (dipukulin, dipukuli, dipukulnya); `(a|b)` is a
choice, `(a )?` may be missing, `_` is any one word, `%` any but a word for telling or asking, `<(a) b` is b but not after a, `a !(b)`
is a but not before b. Each word that operators read has its phrases. Source of the first entries: domain model section 5.4; the rest
are their everyday spellings. Native speakers must review them.
"""

from __future__ import annotations

from hotline.triage.english import IN_ENGLISH

MEDICAL = "medis"
REGIONAL = "daerah"
WORDING = "susunan kata"
"""The group, and the beginning of the name, of what the learned model heard in no single word."""

_NOW = "(lagi|sedang|masih|terus|sekarang|barusan|mau|akan|bakal|kembali)"
_GOING_ON = "(lagi|sedang|masih|terus|sekarang|barusan|akan|bakal|kembali)"
"""“Mau” wants as well: before a word for telling, “mau lapor anak dipukul”, it says only that somebody tells."""
_BEATEN = (
    "(pukul|gebuk|gebug|hajar|tampar|tempeleng|tendang|tonjok|jambak|banting|pentung|siksa|aniaya|keroyok|seret|injak|sabet|cambuk"
    "|benturkan|bentur)"
)
_BEATS = (
    "(mukul|memukul|gebuk|menggebuk|ngegebuk|hajar|menghajar|ngehajar|nampar|menampar|nendang|menendang|siksa|menyiksa|nyiksa|ngeroyok"
    "|nonjok|menganiaya)"
)
_THING = "hp|lampu|listrik|mesin|motor|laptop|wifi|baterai|batre|kulkas|tv|air|pulsa|sinyal"
_GOODS = (
    "rumah|tanah|motor|mobil|beras|barang|sawah|kebun|sapi|kambing|ayam|hp|emas|bantuan|sembako|obat|habis|buat|untuk|yang|tidak"
    "|harga|sudah"
)

_INDONESIAN: dict[str, dict[str, tuple[str, ...]]] = {
    "bahaya": {
        "lagi dipukul": (
            f"{_GOING_ON} (_ )?(_ )?~{_BEATEN}~",
            f"mau (% (_ )?)?~{_BEATEN}~",
            f"~{_BEATEN}~ (_ )?(sekarang|terus) !(mundur)",
        ),
        "dipukuli": (f"~{_BEATEN}(in|i|inya)", "<(kayak) ~(hajar|keroyok|siksa|aniaya)~"),
        "lagi memukul": (f"{_NOW} (_ )?{_BEATS}(i|in|kan)?(nya)?",),
        "dikejar": ("~kejar~ !(deadline|target|tugas|waktu|setoran|jam|utang|cicilan|materi)",),
        "mau dibunuh": (
            "(mau|akan|bakal|hendak|ancam|diancam|ngancam|mengancam|ancaman|ancamannya|sampai) (_ )?(_ )?(~bunuh~|bunuh|membunuh|ngebunuh)",
            "~bunuh~",
            "bunuh (aku|saya|kami|kita|ibu|mama|mamak|adik|anak|kamu|kau|lu|dia)",
        ),
        "dihabisi": ("(mau|akan|bakal) ~habisi~", "~mutilasi~", "nyawa (_ )?(terancam|taruhan)"),
        "didobrak": (
            "~dobrak~",
            "(dobrak|mendobrak|ngedobrak|jebol|menjebol|ngejebol|gedor|ngegedor) (_ )?(pintu|jendela)~",
            "pintu~ (_ )?(~dobrak|~jebol|~gedor)~",
        ),
        "hanyut": ("hanyut", "tengelam", "kelelep", "kesetrum", "tersetrum", "tertimbun", "ketimbun"),
    },
    "senjata": {
        "pisau": ("<(jual|beli|asah|dagang|harga) pisau !((dapur )?(jual|dijual|murah|promo))",),
        "parang": ("<(batik|motif) parang~", "~parang~"),
        "golok": ("golok",),
        "celurit": ("celurit", "clurit", "arit"),
        "badik": ("badik",),
        "senapan": ("senapan", "pistol !(air|mainan)", "senjata (api|tajam)", "sajam"),
        "dibacok": (
            "~(bacok|tikam|tusuk|tebas|gorok|tembak)~",
            "(ke|ter)(bacok|tikam|tusuk|tembak)",
            "(mem|m)?bacok~",
            "menikam~",
            "nikam~",
            "menusuk~",
            "nusuk~ !(sate|perut)",
        ),
        "kapak": ("kapak", "samurai", "linggis", "pedang"),
    },
    MEDICAL: {
        "pingsan": ("pingsan~",),
        "berdarah": (
            "<(demam) (ber|be)darah( darah)?",
            "pendarahan",
            "perdarahan",
            "muntah darah",
            "(keluar|banyak|penuh) darah",
            "darah(nya)? (_ )?(keluar|netes|mengalir|banyak)",
        ),
        "tidak sadar": (
            "tidak sadar !(kalau|bahwa|jika|waktu|sudah|ternyata|selama)",
            "tidak sadarkan diri",
            "hilang kesadaran",
            "belum sadar",
            "koma",
        ),
        "sesak napas": ("sesak (napas|nafas|nfs|bernapas)~", "(tidak|susah|sulit) (bisa )?(napas|nafas|bernapas|bernafas)"),
        "kejang": ("kejang( kejang)?",),
        "patah tulang": ("patah tulang", "tulang~ (_ )?patah"),
        "dicekik": ("~cekik~", "(men|n)yekik~", "(ter|ke)cekik"),
        "dibakar": (
            "<(ayam|ikan|sampah|jagung|sate|daging|roti) ~bakar~",
            "terbakar",
            "(membakar|bakar|ngebakar|ngobong) (diri|anak|istri|rumah|hidup)~",
        ),
        "disiram air panas": ("~siram~ (_ )?(air )?(panas|mendidih|keras)", "~siram~ (minyak|bensin)"),
        "overdosis": ("overdosis", "over dosis", "od obat", "keracunan", "tidak (gerak|bergerak|bangun bangun)"),
    },
    "kurung": {
        "dikurung": ("~kurung~", "terkurung", "mengurung", "ngurung~", "disekap~", "~sekap~", "menyekap~", "nyekap~"),
        "dikunci": ("~kunci~ (_ )?(di|dari|dalam) (_ )?(kamar|rumah|luar|dalam|gudang|toilet|wc|mandi)",),
        "dirantai": ("~rantai~",),
        "dipasung": ("~pasung~",),
        "diikat": ("<(rambut|rambutnya|tali) ~ikat~", "ngiket~"),
        "ditinggal sendiri": ("(di|ke)tinggal(in|kan)? (_ )?sendiri(an)?", "telantarkan sendiri"),
        "dibuang": ("<(sampah|air|limbah|tinja|bekas) ~buang~",),
    },
    "seksual": {
        "diperkosa": ("~perkosa~", "memerkosa~", "memperkosa~", "merkosa~", "pemerkosaan", "perkosaan"),
        "dicabuli": ("~cabul~", "mencabul~", "nyabul~", "pencabulan", "~sodomi~", "menyodomi~"),
        "disetubuhi": (
            "~setubuh~",
            "menyetubuh~",
            "~entot~",
            "ngentot~",
            "~hamili~",
            "(dipaksa|maksa|paksa) (_ )?(berhubungan|hubungan|hub) (badan|intim|seks)",
        ),
        "diraba": ("~raba~", "~gerayang~", "meraba~", "ngeraba~", "grepe~", "~grepe~", "digrepe~"),
        "dilecehkan": (
            "~leceh~",
            "melecehkan",
            "pelecehan",
            "~telanjang~",
            "(pegang|megang|dipegang|memegang|sentuh|nyentuh|disentuh)~ (_ )?(kemaluan|payudara|vagina|penis|titit|memek|tetek|susu)~",
        ),
        "video call telanjang": ("(video call|videocall|vidcall|vc) (_ )?(telanjang|bugil|sex|seks|buka)~", "vcs"),
        "disebar fotonya": (
            "(~sebar~|sebar|sebarin|nyebar|nyebarin|menyebar|menyebarkan|viralin) (_ )?(foto|photo|video|vidio|pidio|gambar)~",
            "(foto|video|vidio)~ (_ )?(_ )?~sebar~",
            "foto (telanjang|bugil|syur)",
        ),
    },
    "bunuh diri": {
        "bunuh diri": ("(mem)?bunuh diri~", "suicide", "bundir"),
        "akhiri hidup": ("(meng|ng)?akhir(i|in|kan)? (saja )?(hidup|semuanya|nyawa)~",),
        "ingin mati": (
            "(ingin|pilih|lebih baik|mending|pasrah) (_ )?mati !(lampu|listrik|gaya|ketawa)",
            f"<(kayak|kaya|sampai|{_THING}) mau mati !(rasanya|lampu|listrik|gaya|ketawa)",
            "tidak (_ )?(ingin|mau|kuat|sanggup) (lagi )?hidup~",
            "(capek|lelah|bosan) hidup~",
            "ingin (hilang|pergi) (saja )?selamanya",
        ),
        "gantung diri": ("gantung diri", "(meng)?gantung leher"),
        "minum racun": (
            "(me)?minum (racun|baygon|pestisida|roundup|gramoxone|sianida|potas|obat (nyamuk|tikus|serangga))",
            "(telan|nelan|menelan|tenggak|nenggak) (_ )?(racun|pil|obat)",
        ),
        "nyilet": (
            "nyilet~",
            "silet (tangan|nadi|lengan)",
            "(sayat|nyayat|menyayat|iris|ngiris|potong|motong) (_ )?(tangan|nadi|lengan|urat)~",
        ),
        "self harm": ("self ?harm", "(me|ny)?lukai? diri", "menyakiti diri", "nyakitin diri"),
        "melompat": ("(lompat|loncat|terjun) (_ )?(dari|ke) (_ )?(jembatan|gedung|lantai|atap|rooftop|tower|jurang|sumur|sungai|rel)",),
    },
    "TPPO": {
        "dijual": (f"<({_GOODS}) dijual~ !(murah|belikan|kembali|bebas|online|di pasar)", "~jual belikan"),
        "dibawa ke luar": ("~bawa~ (_ )?(_ )?(ke luar|keluar) (negeri|kota|pulau|daerah|kabupaten|provinsi)", "dibawa ke luar"),
        "diculik": ("~culik~", "menculik~", "nyulik~", "~bawa kabur~"),
        "dinikahkan paksa": (
            "(~nikah~|~kawin~) (_ )?paksa",
            "(dipaksa|paksa) (_ )?(nikah|menikah|kawin|dinikahkan|dikawinkan)~",
            "~nikahkan (besok|lusa)",
        ),
    },
}

STRONG: dict[str, dict[str, tuple[str, ...]]] = {
    group: {name: (*written, *IN_ENGLISH.get(name, ())) for name, written in names.items()} for group, names in _INDONESIAN.items()
}
"""What each group's words are; every one makes the bot ask the danger question (a false alarm is accepted, negation is ignored)."""

WEAK = frozenset({"tolong", "sekarang", "cepat", "takut"})
"""Everyday words: they never ring by themselves, whatever their number."""

DEGREES = frozenset({"sekali", "sangat", "banget", "bngt", "bgt", "amat", "cukup", "lebih", "agak", "terlalu", "paling", "lumayan"})
FADED = DEGREES | {"cepat", "cepet", "cpt", "sekarang"}
"""Words that say only how fast something was: where a message holds no others, and a degree, the learned model does not ring either.

Weak words that cry by themselves are not among them: “tolong” alone, “cepetan”, “cepat pak”, which calls somebody.
"""
_PRESSED = """
    tolong mohon minta segera secepatnya cepat lagi ya iya dong pak bu kak mas mbak min agar supaya bisa saya
    laporan laporannya proses prosesnya bantuan bantuannya pengajuan pengajuannya
"""
HANDLED = frozenset({"dipercepat", "percepat", "diproses", "ditindaklanjuti", "ditindak"})
PLEADED = HANDLED | frozenset(_PRESSED.split())
"""Likewise the words with which people press for a case to be handled: “tolong dipercepat ya pak”. “Tolong cepat” calls somebody."""

CALLS = frozenset({"tolong", "tolongin", "tolongi", "tulung", "tulungi", "tulungana", "tulungin", "help"})
_AROUND_A_CALL = """
    eh ya iya dong donk deh nih kak kakak pak bu ibu min admin mas mbak saya aku kami kita kula me us please plis
"""
BESIDE_A_CALL = CALLS | frozenset(_AROUND_A_CALL.split())
"""“Eh tolong saya ya” calls for help as “tolong” alone does: the small words around it quieten nothing."""
