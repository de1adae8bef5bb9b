"""The addresses of letters; before the moves of dossiers and of lines, whose names are free."""

from django.urls import path

from cases.views.letter_folders import FoldersView, FolderView, folder_pdf, folder_zip
from cases.views.letter_models import ModelsView, ModelView
from cases.views.letters import (
    DossierLettersView,
    OtherSignedView,
    SignedView,
    letter_pdf,
    letter_preview,
    letter_scan,
    seat_letters,
)

urlpatterns = [
    path("dossiers/<uuid:uuid>/courriers/", DossierLettersView.as_view(), name="dossier-letters"),
    path("dossiers/<uuid:uuid>/courriers/<slug:about>/projet.pdf", letter_preview, name="letter-preview"),
    path("mes-courriers/", seat_letters, name="seat-letters"),
    path("lignes/<uuid:uuid>/courrier-signe/", OtherSignedView.as_view(), name="line-letter"),
    path("courriers/<uuid:uuid>/courrier.pdf", letter_pdf, name="letter-pdf"),
    path("courriers/<uuid:uuid>/signe/", SignedView.as_view(), name="letter-signed"),
    path("courriers/signes/<uuid:uuid>/", letter_scan, name="letter-scan"),
    path("parapheurs/<slug:code>/", FoldersView.as_view(), name="letter-folders"),
    path("parapheur/<uuid:uuid>/", FolderView.as_view(), name="letter-folder"),
    path("parapheur/<uuid:uuid>/courriers.pdf", folder_pdf, name="folder-pdf"),
    path("parapheur/<uuid:uuid>/courriers.zip", folder_zip, name="folder-zip"),
    path("campagne/<slug:code>/courriers/", ModelsView.as_view(), name="letter-models"),
    path("campagne/<slug:code>/courriers/<slug:kind>/", ModelView.as_view(), name="letter-model"),
]
