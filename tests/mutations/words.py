"""What forms say: for each word of a base form, other English ones, and those of other languages."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("de", "fr", "es", "id", "ko")

# English: other English words, then one for each of LANGUAGES.
_TABLE: Final[dict[str, tuple[tuple[str, ...], tuple[str, str, str, str, str]]]] = {
    "First name": (("Given name", "Your first name"), ("Vorname", "Prénom", "Nombre", "Nama depan", "이름")),
    "Last name": (("Family name", "Surname"), ("Nachname", "Nom de famille", "Apellidos", "Nama belakang", "성")),
    "Full name": (
        ("Your name", "Name and surname"),
        ("Vor- und Nachname", "Nom et prénom", "Nombre y apellidos", "Nama lengkap", "성명"),
    ),
    "E-mail": (
        ("Email address", "Your e-mail address"),
        ("E-Mail-Adresse", "Adresse e-mail", "Correo electrónico", "Alamat email", "이메일"),
    ),
    "Confirm e-mail": (
        ("Repeat your e-mail", "E-mail again"),
        (
            "E-Mail-Adresse wiederholen",
            "Confirmer l'adresse e-mail",
            "Repita el correo electrónico",
            "Ulangi alamat email",
            "이메일 확인",
        ),
    ),
    "Phone": (
        ("Telephone number", "Daytime phone"),
        ("Telefonnummer", "Téléphone", "Teléfono", "Nomor telepon", "전화번호"),
    ),
    "Company": (("Organization", "Company name"), ("Firma", "Société", "Empresa", "Perusahaan", "회사")),
    "Street": (("Street address", "Address line 1"), ("Straße und Hausnummer", "Rue", "Calle", "Nama jalan", "도로명")),
    "City": (("Town or city", "Town"), ("Ort", "Ville", "Ciudad", "Kota", "도시")),
    "State": (("State or territory",), ("Bundesstaat", "État", "Estado", "Negara bagian", "주")),
    "ZIP code": (("Postal code", "ZIP"), ("Postleitzahl", "Code postal", "Código postal", "Kode pos", "우편번호")),
    "Topic": (
        ("Reason for your message", "What is it about?"),
        ("Thema", "Sujet de votre demande", "Motivo de la consulta", "Topik", "문의 유형"),
    ),
    "Delivery": (("Shipping and delivery",), ("Lieferung", "Livraison", "Entrega", "Pengiriman", "배송")),
    "Billing": (("Invoices and payments",), ("Rechnung", "Facturation", "Facturación", "Penagihan", "결제")),
    "Product question": (
        ("Question about a product",),
        (
            "Frage zum Produkt",
            "Question sur un produit",
            "Pregunta sobre un producto",
            "Pertanyaan produk",
            "제품 문의",
        ),
    ),
    "Something else": (("Other",), ("Etwas anderes", "Autre", "Otro asunto", "Lainnya", "기타")),
    "Order number": (
        ("Number of your order", "Order no."),
        ("Bestellnummer", "Numéro de commande", "Número de pedido", "Nomor pesanan", "주문 번호"),
    ),
    "Preferred contact method": (
        ("How should we reach you?", "Preferred way of contact"),
        (
            "Bevorzugter Kontaktweg",
            "Moyen de contact préféré",
            "Medio de contacto preferido",
            "Cara menghubungi yang diinginkan",
            "선호하는 연락 방법",
        ),
    ),
    "By e-mail": (("Write to me",), ("Per E-Mail", "Par e-mail", "Por correo", "Lewat email", "이메일로")),
    "By phone": (("Call me",), ("Telefonisch", "Par téléphone", "Por teléfono", "Lewat telepon", "전화로")),
    "Date of the incident": (
        ("When did it happen?", "Incident date"),
        ("Datum des Vorfalls", "Date de l'incident", "Fecha del incidente", "Tanggal kejadian", "사고 날짜"),
    ),
    "Subject": (("Subject line", "Title of your message"), ("Betreff", "Objet", "Asunto", "Subjek", "제목")),
    "Message": (
        ("Your message", "How can we help?"),
        ("Nachricht", "Votre message", "Mensaje", "Pesan", "메시지"),
    ),
    "Serial number": (
        ("Number on the label", "Serial no."),
        ("Seriennummer", "Numéro de série", "Número de serie", "Nomor seri", "일련번호"),
    ),
    "Product": (
        ("Which product?", "Model"),
        ("Produkt", "Produit", "Producto", "Produk", "제품"),
    ),
    "Kettle": (("Electric kettle",), ("Wasserkocher", "Bouilloire", "Hervidor", "Ketel listrik", "전기 주전자")),
    "Toaster": (("Two-slice toaster",), ("Toaster", "Grille-pain", "Tostadora", "Pemanggang roti", "토스터")),
    "Coffee grinder": (
        ("Grinder for coffee",),
        ("Kaffeemühle", "Moulin à café", "Molinillo de café", "Penggiling kopi", "커피 그라인더"),
    ),
    "I agree to the terms": (
        ("I accept the terms and conditions",),
        (
            "Ich stimme den Bedingungen zu",
            "J'accepte les conditions",
            "Acepto las condiciones",
            "Saya menyetujui ketentuan",
            "약관에 동의합니다",
        ),
    ),
    "Oregon": ((), ("Oregon",) * 5),
    "Ohio": ((), ("Ohio",) * 5),
    "Texas": ((), ("Texas",) * 5),
    # What only mutations ask
    "Area code": (("Prefix",), ("Vorwahl", "Indicatif", "Prefijo", "Kode area", "지역 번호")),
    "Number without area code": (("Local number",), ("Rufnummer", "Numéro local", "Número local", "Nomor", "번호")),
    "Day": ((), ("Tag", "Jour", "Día", "Hari", "일")),
    "Month": ((), ("Monat", "Mois", "Mes", "Bulan", "월")),
    "Year": ((), ("Jahr", "Année", "Año", "Tahun", "년")),
    "Mobile phone": ((), ("Mobiltelefon", "Portable", "Móvil", "Ponsel", "휴대전화")),
    "Fax": ((), ("Fax", "Fax", "Fax", "Faks", "팩스")),
    "Alternative e-mail": (
        (),
        ("Weitere E-Mail-Adresse", "Autre e-mail", "Otro correo", "Email lain", "다른 이메일"),
    ),
    "Middle name": ((), ("Zweiter Vorname", "Deuxième prénom", "Segundo nombre", "Nama tengah", "중간 이름")),
    "Name of the recipient": (
        (),
        ("Name des Empfängers", "Nom du destinataire", "Nombre del destinatario", "Nama penerima", "받는 사람 이름"),
    ),
    "Customer number": (
        (),
        ("Kundennummer", "Numéro de client", "Número de cliente", "Nomor pelanggan", "고객 번호"),
    ),
    "Date of birth": ((), ("Geburtsdatum", "Date de naissance", "Fecha de nacimiento", "Tanggal lahir", "생년월일")),
    "How did you hear about us?": (
        (),
        (
            "Wie haben Sie von uns erfahren?",
            "Comment nous avez-vous connus ?",
            "¿Cómo nos conoció?",
            "Dari mana Anda tahu tentang kami?",
            "저희를 어떻게 알게 되셨나요?",
        ),
    ),
    "A friend": ((), ("Freunde", "Un ami", "Un amigo", "Teman", "친구")),
    "An advertisement": ((), ("Werbung", "Une publicité", "Un anuncio", "Iklan", "광고")),
    "Comments": ((), ("Anmerkungen", "Remarques", "Comentarios", "Komentar", "의견")),
    # Headings and buttons
    "Contact us": (("Write to us", "Get in touch"), ("Kontakt", "Contact", "Contacto", "Hubungi kami", "문의하기")),
    "Your message": (
        ("What is it about", "Step 2: your message"),
        ("Ihr Anliegen", "Votre demande", "Su consulta", "Pesan Anda", "문의 내용"),
    ),
    "Next": (("Continue", "Next step"), ("Weiter", "Suivant", "Siguiente", "Lanjut", "다음")),
    "Send": (("Submit", "Send message"), ("Absenden", "Envoyer", "Enviar", "Kirim", "보내기")),
}


def others(words: str) -> tuple[str, ...]:
    """Other English words for the same."""
    return _TABLE[words][0] if words in _TABLE else ()


def in_language(words: str, language: str) -> str:
    """The words in another language; what is said in another already, stays."""
    return _TABLE[words][1][LANGUAGES.index(language)] if words in _TABLE else words
