"""How style sheets and scripts are laid out for serving."""

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Compress by gzip alone: Brotli costs half a minute at the first start."""

    def create_compressor(self, **options: object) -> Compressor:
        """Give the compressor."""
        return Compressor(use_brotli=False, **options)
