"""How people say who they are. A role inside a sentence counts only behind “saya”: “ibunya yang mukul” does not say who is writing."""

from __future__ import annotations

from dialogs.sayings import said

_I_AM = (
    "**saya ",
    "**aku ",
    "**kami ",
    "**saya adalah ",
    "**saya ini ",
    "**sebagai ",
    "**kula ",
    "**kulo ",
    "**saya dari ",
    "**kami dari ",
)
_KIN = (
    "ibu|ayah|bapak|nenek|kakek|paman|bibi|saudara|kakak|mama|papa|mamak|emak|tante|om|bude|pakde|mbah|simbah|sepupu|wali"
    "|orang tua|keluarga"
)
_KIN_OF = (
    "ibunya|ayahnya|bapaknya|neneknya|kakeknya|pamannya|bibinya|saudaranya|kakaknya|mamanya|papanya|mamaknya|emaknya|tantenya|omnya"
    "|budenya|pakdenya|mbahnya|mbahe|ibune|bapake|budhene|pakdhene|sepupunya|walinya|orang tuanya|keluarganya|ibu kandungnya"
    "|ayah kandungnya"
    "|ibu kandung|ayah kandung|ibu tirinya|ayah tirinya|uwaknya"
)
_CHILD_OF_OURS = "anakku|anak saya|anak kandung saya|cucuku|cucu saya|keponakanku|keponakan saya|ponakanku|ponakan saya"
_PUPIL_OF_OURS = "muridku|murid saya|siswaku|siswa saya|siswi saya|anak didik saya|peserta didik saya"
_SCHOOL = (
    "guru|gurunya|wali kelas|wali kelasnya|kepala sekolah|kepala sekolahnya|kepsek|guru bk|guru kelas|guru kelasnya|guru tk|guru paud"
    "|guru sd|guru smp|guru sma|guru ngaji|guru ngajinya|guru agamanya|pengajar"
)
_NEAR = (
    "tetangga|tetangganya|tetangga sebelah|ketua rt|ketua rw|pak rt|bu rt|warga|warga sekitar|teman sekolahnya|teman sekelasnya|temannya"
    "|sahabatnya|kancane|tanggane"
)
_OFFICE = (
    "kepala desa|kades|lurah|camat|bidan|bidan desa|polisi|dinas|dinas sosial|perangkat desa|kader|kader posyandu|kader desa|pendamping pkh"
    "|pendamping sosial|pekerja sosial|peksos|perawat|dokter|puskesmas|babinsa|bhabinkamtibmas|polsek|polres|kelurahan|kantor desa|lsm"
    "|yayasan|panti|rumah sakit"
)

_HARMED = "dipukul dipukuli dianiaya disiksa ditampar ditendang diancam disakiti"
FAMILY_SAYS = "|".join(
    (
        said(_KIN, "", "saya ", "aku "),
        said(_KIN_OF, "", *_I_AM),
        "*saya ibu dari|*saya ayah dari|*saya bapak dari",
        _CHILD_OF_OURS,
        said("|".join(f"{ours} {verb}" for ours in ("anak saya", "anakku") for verb in _HARMED.split()), "**"),
    )
)
SCHOOL_SAYS = "|".join(
    (
        said(_SCHOOL, "", *_I_AM),
        "bu guru|pak guru|ibu guru|bapak guru|saya bu guru|saya pak guru|saya ibu guru|saya bapak guru",
        _PUPIL_OF_OURS,
    )
)
NEIGHBOUR_SAYS = said(_NEAR, "", *_I_AM) + "|teman|teman anak itu|saya teman|saya temannya anak itu|*anak tetangga"
OFFICE_SAYS = said(_OFFICE, "", "dari ", *_I_AM)
SURVIVOR_SAYS = "penyintas|saya penyintas|masa kecil saya|kejadian masa kecil saya"
_MARRIED_TO = "suami|suamiku|suami saya|istri|istriku|istri saya|mantan suami|mantan istri"
_HURT_BY = "|".join(f"{verb} {whom}" for verb in _HARMED.split() for whom in _MARRIED_TO.split("|"))
_HURTS_ME = "{0} mukul saya|{0} memukul saya|{0} mukulin saya|{0} memukuli saya|{0} mukul aku|{0} mukulin aku"
_ME = ("saya ", "aku ", "saya yang ", "saya sering ", "saya habis ")
_WHO_HURTS_ME = "|".join(said(_HURTS_ME.format(whom), "**") for whom in _MARRIED_TO.split("|"))
BETWEEN_GROWN_UPS = f"{said(_HURT_BY, '**')}|{_WHO_HURTS_ME}"
"""Whoever it happens to: “tetangga dipukuli suaminya” says who is hurt, but not who is writing."""
# Only as the whole answer: “kakak saya dipukul suami” says the same of somebody else.
GROWN_UP_SAYS = (
    "dewasa|saya dewasa|saya sudah dewasa|saya sendiri sudah dewasa|aku sudah dewasa|orang dewasa|bukan anak|saya bukan anak"
    "|istri|saya istri|saya istrinya|suami|saya suami|saya suaminya|korban kdrt|saya korban kdrt|kdrt|i am an adult|my husband|my wife"
    f"|**my husband hits me|{said(_HURT_BY, '', *_ME)}|{_WHO_HURTS_ME}"
)
CHILD_SAYS = (
    "aku sendiri|korban|korbannya|saya korban|saya korbannya|aku korban|aku korbannya|aku yang mengalami|anak|anaknya sendiri|aku anaknya"
)
