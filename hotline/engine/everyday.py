"""Words that everybody writes in a chat: none of them can be somebody's secret word, or help would be called by chance."""

from __future__ import annotations

from hotline.engine.fold import fold

_CHAT = """
    makasih makasi terimakasih trims thanks thank thankyou tengkyu suwun nuwun matursuwun maaf maap sorry permisi tolong halo hallo
    haloo assalamualaikum waalaikumsalam salam pagi siang sore malam selamat hehe hihi haha wkwk wkwkwk huhu hiks lol
    bentar sebentar sebentarlagi tunggu nanti ntar besok kemarin tadi sekarang barusan dulu lagi masih terus mungkin kayaknya
    kayak sepertinya gitu gini begitu begini emang memang pokoknya katanya soalnya makanya jadi terserah bebas sembarang
"""
_ANSWERS = """
    gatau gaktau gatahu enggatau ngertos ngerti gamau gakmau gausah gakusah gaada gakada gapapa gakpapa gaperlu gabisa gajadi gaboleh
    tidak tidaklah enggak nggak ndak kagak belum jangan bukan sudah udah cukup selesai beres siap baik baiklah setuju benar betul salah
    boleh bisa mau ingin perlu oke okay okey sip mantap lanjut lewati lewat skip kosong rahasia malu takut bingung ragu entah entahlah
    yakin serius beneran kapan dimana kemana siapa kenapa mengapa bagaimana gimana apaan apasih maksudnya maksud apakah berapa mana
    kata katanya nomor angka kode pilih jawab jawaban tanya pesan tulis kirim balas
"""
_PEOPLE_AND_PLACES = """
    bapak bapakku ayah ayahku papa papaku mama mamaku mamah mamak ibu ibuku bunda emak nenek nenekku kakek kakekku kakak kakakku adik
    adikku abang mbak tante paman bibi bude pakde simbah mbah saudara keluarga suami istri anak anakku orang orangtua teman temanku guru
    guruku polisi dokter bidan petugas admin operator tetangga aku saya kamu anda kami kita mereka dia
    rumah rumahku sekolah kamar kelas desa kota kantor pasar jalan masjid
"""
_FELT = """
    sakit sedih nangis menangis marah capek lelah lapar haus ngantuk pusing senang aman bahaya bantuan bantu makan minum tidur mandi pulang
    pergi pukul dipukul hidup mati uang cinta sayang tuhan allah astaga astagfirullah alhamdulillah bismillah amin aamiin
"""
_ENGLISH = "yes nope okay hello nothing something please sorry help safe home school mother father maybe later finish done secret word"

EVERYDAY = frozenset(fold(word) for words in (_CHAT, _ANSWERS, _PEOPLE_AND_PLACES, _FELT, _ENGLISH) for word in words.split())
