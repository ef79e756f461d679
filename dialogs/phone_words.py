"""How people say whose phone it is, who looks at it, and whether and when we may write; the dangerous readings are heard in sentences."""

from __future__ import annotations

from dialogs.sayings import said

_OTHERS = ("anak", "cucu", "suami", "istri", "ibu", "bapak", "ayah", "mama", "papa", "nenek", "kakek", "adik", "kakak", "teman", "tetangga")
_ONLY = ("hanya", "cuma", "mung")
_ME = ("aku", "saya")
_IT = ("", " hp ini", " hp", " hpnya", " ini")
SHARED_SAYS = "|".join(
    [
        *(f"bukan {only} {who}{holds}" for only in _ONLY[:2] for who in _ME for holds in ("", " yang pegang", " yang pegang hp ini")),
        "bukan punyaku|bukan hp ku|bukan hpku|bukan hp saya|hp bersama|hp bareng"
        "|dipakai bersama|gantian|*gantian|*pinjam|hp pinjam|*pinjaman",
        "*berdua|*juga pakai|*juga pegang|*ikut pegang|*ikut pakai|*dipakai juga|*dipakai orang lain|*pinjem|*minjem|*meminjam|*dipinjam",
        *(f"*{whose} {who}{of}" for whose in ("hp", "punya") for who in _OTHERS for of in ("", "ku", "nya")),
    ]
)
_LOOKS = ("cek", "ngecek", "periksa", "meriksa", "buka", "bukain", "lihat", "ngelihat", "liat", "ngeliat", "baca", "sita", "intip")
WATCHED_SAYS = "|".join(
    [
        *(f"*{looks} {what}" for looks in _LOOKS for what in ("hp", "hpku", "hp ku", "hp aku", "hp saya", "wa", "chat", "pesan", "isi hp")),
        "*hpku dicek|*hp dicek|*hpku diperiksa|*hp diperiksa|*bisa lihat|*bisa baca|*bisa buka|*disadap|*suka dicek|*sering dicek",
        "*tahu pin|*tahu sandi|*tahu kunci|*tahu password|*tahu polanya",
    ]
)
MINE_SAYS = "|".join(
    [
        *(f"{yes}{only} {who}" for yes in ("", "ya ") for only in _ONLY for who in _ME),
        *(
            f"{yes}{only} {who} yang {holds}{it}"
            for yes in ("", "ya ")
            for only in _ONLY
            for who in _ME
            for holds in ("pegang", "pakai")
            for it in _IT
        ),
        *(f"{who} sendiri yang pegang{it}" for who in _ME for it in _IT),
        "aku sendiri|saya sendiri|hp saya sendiri|hp aku sendiri|hpku sendiri|hp ku sendiri|punya sendiri|punyaku sendiri|milik saya",
        "milik sendiri|ini hp aku|ini hp saya|ini hpku|ini hp ku"
        "|ini hp aku sendiri|ini hp saya sendiri|hp pribadi|hp sendiri|hp pribadi saya",
        *(f"tidak ada yang {holds} selain {who}" for holds in ("pegang", "megang", "pakai", "buka") for who in _ME),
        "aku dhewe|kula piyambak|only me|just me",
    ]
)
UNSAFE_SAYS = (
    "tidak|tidak aman|**tidak aman|**kurang aman|belum aman|tidak terlalu aman|belum tentu aman"
    "|ora aman|mboten aman|durung aman|not safe|unsafe|no"
)

ANY_TIME = said("boleh kapan saja|boleh kapan aja|kapan aja|boleh aja|kapan saja|kapan saja boleh|boleh saja|boleh kok|boleh banget|bebas")
AT_TIMES = (
    "*tapi jangan|*asal jangan|*kecuali|*jangan malam|*jangan pagi"
    "|*jangan siang|*jangan sore|*jangan kalau|*kalau malam jangan|*jam tertentu"
    "|siang saja|pagi saja|malam saja|sore saja|boleh siang|boleh pagi|boleh malam|boleh sore|*hanya siang|*hanya pagi|*hanya malam"
)
NEVER_WRITE = (
    "jangan|*jangan ke sini|*jangan kesini|*jangan telepon|*jangan telpon"
    "|*jangan telfon|*jangan sms|*jangan wa|*jangan chat|*jangan hubungi"
    "|*jangan dihubungi|*jangan dulu|*jangan kirim|*jangan balas|*jangan pernah|jangan ya|bahaya kalau kirim|ojo|aja"
)
