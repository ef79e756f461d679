"""The channels: set up, and known to the providers, who are asked who we are (and nothing else)."""

from __future__ import annotations

import asyncio

from telegram.error import InvalidToken, TelegramError
from twilio.base.exceptions import TwilioException
from twilio.rest import Client as Twilio

from bot import telegram
from bot.check.report import Finding, Group
from bot.whatsapp.failures import not_sent
from bot.whatsapp.http import Transport
from hotline.deliver import Failure
from hotline.i18n import N_
from hotline.settings import Settings

_HERE = Group.CHANNELS
SECONDS = 5.0
_NETWORK = N_("Periksa jaringan keluar dan tembok api komputer ini.")


async def examine(settings: Settings) -> list[Finding]:
    """Telegram and WhatsApp, both at once."""
    told = await asyncio.gather(_telegram(settings), _whatsapp(settings))
    found = [finding for findings in told for finding in findings]
    if not settings.telegram and not settings.whatsapp:
        cure = N_("Isi TELEGRAM_BOT_TOKEN, atau ketiga pengaturan Twilio.")
        found.insert(0, Finding.bad(_HERE, N_("Tidak ada saluran: warga tidak dapat menghubungi layanan ini."), cure))
    return [*found, *_regions(settings), _browsers(settings)]


def _regions(settings: Settings) -> list[Finding]:
    """Each needs a way in of its own: a number, or the one bot, which is the first region's."""
    if not settings.telegram and not settings.whatsapp:
        return []
    first = {settings.regions[0]} if settings.telegram else set()
    text = N_("{wilayah}: tidak ada saluran sendiri. Bot Telegram dan nomor tanpa nama wilayah melayani {pertama}.")
    cure = N_("Isi TWILIO_WHATSAPP_FROM dengan nomor tiap wilayah: kendal=whatsapp:+62...,luwu-timur=whatsapp:+62...")
    without = [slug for slug in settings.regions if slug not in first | settings.senders.keys()]
    return [Finding.bad(_HERE, text, cure, wilayah=slug, pertama=settings.regions[0]) for slug in without]


def _browsers(settings: Settings) -> Finding:
    if settings.push_key:
        return Finding.good(_HERE, N_("Notifikasi peramban: kunci terisi."))
    text = N_("Notifikasi peramban mati: petugas tidak dipanggil di peramban yang panelnya tertutup.")
    return Finding.needed(_HERE, text, N_("Jalankan teduh channels push, lalu isi TEDUH_PUSH_KEY dan simpan salinannya."))


async def _telegram(settings: Settings) -> list[Finding]:
    if not settings.telegram:
        return [Finding.needed(_HERE, N_("Telegram belum disiapkan."), N_("Isi TELEGRAM_BOT_TOKEN dengan token dari @BotFather."))]
    return [await _bot(settings), _hook(settings)]


def _hook(settings: Settings) -> Finding:
    if settings.telegram_webhook_secret:
        return Finding.good(_HERE, N_("Telegram: webhook dengan rahasia."))
    text = N_("Telegram: pesan dijemput (polling), karena TELEGRAM_WEBHOOK_SECRET kosong.")
    return Finding.needed(_HERE, text, N_("Isi TELEGRAM_WEBHOOK_SECRET agar pesan tiba tanpa dijemput."))


async def _bot(settings: Settings) -> Finding:
    client = telegram.Client(settings.telegram_token, settings.telegram_api_base_url)
    try:
        async with asyncio.timeout(SECONDS):
            me = await client.call("getMe")
    except InvalidToken:
        return Finding.bad(_HERE, N_("Telegram menolak token bot."), N_("Salin ulang token dari @BotFather ke TELEGRAM_BOT_TOKEN."))
    except (TelegramError, OSError):
        return Finding.bad(_HERE, N_("Telegram tidak terjangkau."), _NETWORK)
    finally:
        await client.close_connections()
    return Finding.good(_HERE, N_("Telegram mengenal bot @{nama}."), nama=str(me.get("username", "?")))


async def _whatsapp(settings: Settings) -> list[Finding]:
    if not settings.whatsapp:
        text = N_("WhatsApp belum disiapkan.")
        return [Finding.needed(_HERE, text, N_("Isi TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN dan TWILIO_WHATSAPP_FROM."))]
    return [await _account(settings), _template(settings), _alert_template(settings), _choices(settings)]


def _template(settings: Settings) -> Finding:
    if settings.twilio_content_sid:
        return Finding.good(_HERE, N_("WhatsApp: templat untuk kabar setelah 24 jam terisi."))
    text = N_("WhatsApp: tanpa templat, kabar setelah 24 jam tidak dapat dikirim.")
    return Finding.needed(_HERE, text, N_("Buat templat utility yang netral, lalu isi TWILIO_CONTENT_SID."))


def _choices(settings: Settings) -> Finding:
    if settings.twilio_content_choices:
        return Finding.good(_HERE, N_("WhatsApp: pilihan tampil sebagai tombol dan daftar."))
    text = N_("WhatsApp: pilihan tampil sebagai baris bernomor.")
    return Finding.needed(_HERE, text, N_("Jalankan teduh channels content, lalu isi TWILIO_CONTENT_CHOICES."))


def _alert_template(settings: Settings) -> Finding:
    if settings.twilio_alert_content_sid:
        return Finding.good(_HERE, N_("WhatsApp: templat panggilan petugas piket terisi."))
    text = N_("WhatsApp: tanpa templat panggilan, petugas piket yang lama tidak menulis tidak dapat dipanggil lewat WhatsApp.")
    return Finding.needed(_HERE, text, N_("Buat templat utility dengan kode, tingkat dan kecamatan, lalu isi TWILIO_ALERT_CONTENT_SID."))


async def _account(settings: Settings) -> Finding:
    transport = Transport(settings.twilio_api_base_url, total_seconds=SECONDS)
    client = Twilio(settings.twilio_account_sid, settings.twilio_auth_token, http_client=transport)
    try:
        async with asyncio.timeout(SECONDS):
            account = await client.api.v2010.accounts(settings.twilio_account_sid).fetch_async()
    except (TwilioException, OSError, ValueError) as error:
        if not_sent(error).failure is Failure.NOT_ALLOWED:
            cure = N_("Salin ulang Account SID dan Auth Token dari konsol Twilio.")
            return Finding.bad(_HERE, N_("Twilio menolak akun atau token."), cure)
        return Finding.bad(_HERE, N_("Twilio tidak terjangkau."), _NETWORK)
    finally:
        await transport.close()
    if account.status != "active":
        return Finding.bad(_HERE, N_("Akun Twilio tidak aktif ({status})."), N_("Lihat konsol Twilio."), status=str(account.status))
    return Finding.good(_HERE, N_("Twilio mengenal akun ini, dan akunnya aktif."))
