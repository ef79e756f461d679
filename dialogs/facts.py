"""Words that regions often use in their facts, marked so that they are spoken in the person's language too."""

from __future__ import annotations

from hotline.i18n import N_

USUAL = (
    N_("pada hari dan jam kerja"),
    N_("polisi"),
    N_("ambulans"),
    N_("sahabat perempuan dan anak"),
    N_("darurat daerah"),
    N_("pemadam kebakaran"),
)
