"""Tables as other States keep them: headings as they are used, rows invented."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from armstrace.intake.fields import IntakeKind

ROWS = 60
Make = Callable[[random.Random, int], str]


@dataclass(frozen=True)
class ForeignTable:
    """A table with what each of its columns is; empty where it is no field."""

    name: str
    kind: IntakeKind
    columns: tuple[tuple[str, str, Make], ...]

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _, _ in self.columns]

    @property
    def rows(self) -> list[list[str]]:
        chance = random.Random(self.name)
        return [[make(chance, at) for _, _, make in self.columns] for at in range(ROWS)]

    @property
    def truth(self) -> dict[str, str]:
        return {heading: name for heading, name, _ in self.columns}


def day(form: str = "%Y-%m-%d", first: date = date(2021, 1, 4), later: int = 0) -> Make:
    def make(chance: random.Random, at: int) -> str:
        del chance
        return (first + timedelta(days=at * 5 + later)).strftime(form)

    return make


def among(*values: str) -> Make:
    return lambda chance, at: chance.choice(values)


def running(text: str = "{}", first: int = 1) -> Make:
    return lambda chance, at: text.format(first + at)


def numbers(low: int, high: int, text: str = "{}") -> Make:
    return lambda chance, at: text.format(chance.randint(low, high))


def serial(*lost: str) -> Make:
    def make(chance: random.Random, at: int) -> str:
        if lost and at % 9 == 0:
            return chance.choice(lost)
        letters = "".join(chance.choices("ABCDEFGHKLMPRTX", k=chance.randint(0, 3)))
        return letters + str(chance.randint(1000, 9_999_999))

    return make


def degrees(low: float, high: float) -> Make:
    return lambda chance, at: f"{chance.uniform(low, high):.5f}"


def words(*parts: tuple[str, ...]) -> Make:
    return lambda chance, at: " ".join(chance.choice(part) for part in parts)


CALIBRES = ("9x19 mm", ".38 Special", ".22 LR", "12 GA", "7.62x39 mm", ".45 ACP")
MAKES = ("Glock", "Taurus", "Smith & Wesson", "Bersa", "Beretta", "Norinco", "Rossi")
MODELS = ("17", "PT 92", "10", "Thunder 9", "92 FS", "NP-42", "M971", "19 Gen4")

SPANISH = ForeignTable(
    "incautaciones_2021.xlsx",
    IntakeKind.RECOVERIES,
    (
        ("Consecutivo", "source_number", running()),
        ("Fecha de los hechos", "recovered_on", day("%d/%m/%Y")),
        ("Fecha de captura", "known_on", day("%d/%m/%Y", later=3)),
        ("Entidad federativa", "region", among("Jalisco", "Sonora", "Puebla")),
        ("Municipio", "place", among("Zapopan", "Nogales", "Atlixco", "Tepic")),
        ("Autoridad que asegura", "agency",
         among("Policía Estatal", "Fiscalía General", "Guardia Nacional")),
        ("Carpeta de investigación", "case_number", numbers(100, 999, "CI-{}/2021")),
        ("Situación", "recovery_kind",
         among("INCAUTADA", "HALLADA", "ENTREGA VOLUNTARIA")),
        ("Clase de arma", "arm_type",
         among("Pistola", "Revólver", "Fusil", "Escopeta")),
        ("Marca", "make", among(*MAKES)),
        ("Modelo", "model", among(*MODELS)),
        ("Calibre", "calibre", among(*CALIBRES)),
        ("Matrícula", "serial", serial("LIMADA", "SIN NÚMERO", "BORRADO")),
        ("País de origen", "country_of_manufacture",
         among("Brasil", "Estados Unidos", "Austria", "Argentina")),
        ("Marca del importador", "import_mark", among("", "", "CAI ST ALB VT")),
        ("Año de fabricación", "year_of_manufacture", numbers(1975, 2019)),
        ("Tipo de lugar", "place_kind",
         among("Vía pública", "Domicilio", "Aeropuerto")),
        ("Delito", "offences",
         among("Portación ilegal de arma", "Robo", "Delitos contra la salud")),
        ("Imputado", "taken_from",
         words(("Ana", "Luis", "Rosa", "Iker"), ("Prado", "Luna", "Vega", "Solís"))),
        ("Nº de precinto", "seal_number", numbers(10000, 99999, "P{}")),
        ("Cadena de custodia", "custody_number", numbers(1000, 9999, "CC-{}")),
        ("Latitud", "latitude", degrees(18, 25)),
        ("Longitud", "longitude", degrees(-104, -97)),
        ("Color", "", among("Negro", "Plateado", "Gris")),
        ("Observaciones", "notes", among("", "Con cargador", "Sin cargador")),
    ),
)  # fmt: skip

UKRAINIAN = ForeignTable(
    "вилучена_зброя.csv",
    IntakeKind.RECOVERIES,
    (
        ("№ п/п", "source_number", running()),
        ("Номер кримінального провадження", "case_number",
         numbers(10**9, 10**10 - 1, "1202{}")),
        ("Дата вилучення", "recovered_on", day("%d.%m.%Y")),
        ("Дата реєстрації", "known_on", day("%d.%m.%Y", later=2)),
        ("Орган поліції", "agency",
         among("Відділ поліції № 1", "ГУНП у Полтавській області")),
        ("Область", "region", among("Полтавська", "Львівська", "Сумська")),
        ("Населений пункт", "place", among("Лубни", "Стрий", "Ромни", "Кобеляки")),
        ("Адреса вилучення", "", words(("вул. Лісова", "вул. Нова"), ("1", "7", "12"))),
        ("Вид місця", "place_kind", among("житло", "вулиця", "кордон")),
        ("Спосіб надходження", "recovery_kind",
         among("вилучено", "знайдено", "добровільна здача")),
        ("Вид предмета", "item_kind", among("зброя", "зброя", "боєприпаси")),
        ("Вид зброї", "arm_type",
         among("пістолет", "револьвер", "карабін", "рушниця")),
        ("Марка", "make", among("ИЖ", "Форт", "Зброяр", "CZ", "Beretta")),
        ("Модель", "model", among("ПМ", "12", "Z-15", "75", "92")),
        ("Калібр", "calibre", among("9x18 мм", "5.45x39 мм", "12x70", "7.62x54 мм")),
        ("Серія і номер", "serial", serial("знищено", "відсутній")),
        ("Країна виробник", "country_of_manufacture",
         among("Україна", "Чехія", "Італія")),
        ("Рік випуску", "year_of_manufacture", numbers(1950, 2015)),
        ("Кількість", "quantity", among("1", "1", "1", "2", "30")),
        ("Номер пломби", "seal_number", numbers(10**6, 10**7 - 1)),
        ("У кого вилучено", "taken_from",
         words(("Іван", "Олег", "Ніна"), ("Гай", "Лис", "Коваль", "Бойко"))),
        ("Стаття ККУ", "offences", among("ст. 263 ч. 1", "ст. 187 ч. 2", "ст. 115")),
        ("Слідчий", "", words(("Петро", "Юлія"), ("Мороз", "Тур"))),
        ("Примітки", "notes", among("", "без магазина")),
    ),
)  # fmt: skip

FRENCH_ARABIC = ForeignTable(
    "saisies المضبوطات.xlsx",
    IntakeKind.RECOVERIES,
    (
        ("N° d'ordre", "source_number", running()),
        ("تاريخ الضبط", "recovered_on", day("%d/%m/%Y")),
        ("N° du procès-verbal", "case_number", numbers(100, 999, "PV {}/2021")),
        ("Brigade", "agency",
         among("Brigade de Sfax", "Gendarmerie", "Police judiciaire")),
        ("الولاية", "region", among("صفاقس", "تونس", "قابس")),
        ("Commune", "place", among("Thyna", "Agareb", "Skhira")),
        ("نوع المكان", "place_kind", among("منزل", "طريق", "ميناء")),
        ("طريقة الاسترداد", "recovery_kind", among("ضبط", "تسليم", "معثور عليه")),
        ("نوع السلاح", "arm_type", among("مسدس", "بندقية", "رشاش")),
        ("Marque", "make", among("Beretta", "MAS", "Zastava", "Norinco")),
        ("Modèle", "model", among("92", "36", "M70", "56")),
        ("العيار", "calibre", among("9 mm", "7,5 mm", "7,62x39", "12")),
        ("الرقم التسلسلي", "serial", serial("مطموس", "illisible")),
        ("بلد الصنع", "country_of_manufacture", among("إيطاليا", "فرنسا", "الصين")),
        ("Année de fabrication", "year_of_manufacture", numbers(1936, 2010)),
        ("Fabrication", "production_class", among("industrielle", "artisanale")),
        ("Modifications", "modification", among("aucune", "convertie")),
        ("عدد", "quantity", among("1", "1", "2")),
        ("Type de munition", "ammunition_kind", among("", "", "cartouche")),
        ("Qualification de l'infraction", "offences",
         among("Détention illégale d'arme", "Trafic d'armes", "Terrorisme")),
        ("Mis en cause", "taken_from",
         words(("Sami", "Leïla", "Nadia"), ("Trabelsi", "Mejri", "Gharbi"))),
        ("Date de naissance", "", day("%d/%m/%Y", first=date(1970, 2, 1))),
        ("N° de scellé", "seal_number", numbers(1000, 9999)),
        ("ملاحظات", "notes", among("", "avec chargeur")),
    ),
)  # fmt: skip

# Headings as public tables have them; what stands below them is invented.
CITY = ForeignTable(
    "Firearms_Recovered.csv",
    IntakeKind.RECOVERIES,
    (
        ("OBJECTID", "source_number", running(first=4001)),
        ("IncidentNumber", "case_number", numbers(10000, 99999, "21-0{}")),
        ("RecoveryDate", "recovered_on", day("%m/%d/%Y")),
        ("SaleDate", "", day("%m/%d/%Y", first=date(2009, 3, 2))),
        ("FirearmType", "arm_type", among("PISTOL", "REVOLVER", "RIFLE", "SHOTGUN")),
        ("Manufacturer", "make", among(*MAKES)),
        ("ModelName", "model", among(*MODELS)),
        ("Caliber", "calibre", among("9", "45", "22", "38", "40 S&W", "9MM")),
        ("SerialNo", "serial", serial("OBLITERATED")),
        ("CountryOfOrigin", "country_of_manufacture",
         among("USA", "BRAZIL", "AUSTRIA")),
        ("BlockAddress", "", words(("100", "4200"), ("MAIN ST", "OAK AVE"))),
        ("PoliceDistrict", "agency", among("Central District", "North District")),
        ("Neighborhood", "place", among("Riverside", "Hill Top")),
        ("OffenseDescription", "offences",
         among("Carrying concealed weapon", "Robbery")),
        ("Reason", "recovery_kind", among("Seized", "Found", "Surrendered")),
        ("BarrelLength", "", numbers(2, 20)),
        ("Latitude", "latitude", degrees(38, 40)),
        ("Longitude", "longitude", degrees(-86, -84)),
    ),
)  # fmt: skip

WANTED = ForeignTable(
    "weapon_wanted.csv",
    IntakeKind.LOSSES,
    (
        ("ID", "source_number", numbers(10**6, 10**7 - 1)),
        ("ORGANUNIT", "", among("ГУНП в Одеській області", "Голосіївське УП")),
        ("WEAPONKIND", "arm_type", among("ПІСТОЛЕТ", "РУШНИЦЯ", "КАРАБІН")),
        ("BRAND", "make", among("ИЖ", "Форт", "CZ")),
        ("MODEL", "model", among("ПМ", "12", "75")),
        ("CALIBER", "calibre", among("9 мм", "12", "5.6 мм")),
        ("WEAPONNUMBER", "serial", serial()),
        ("REASONSEARCH", "loss_kind", among("ВИКРАДЕННЯ", "ВТРАТА")),
        ("THEFTDATA", "happened_on", day()),
        ("INSERTDATE", "reported_on", day(later=4)),
    ),
)  # fmt: skip

REGISTER = ForeignTable(
    "registro de armas.csv",
    IntakeKind.REGISTRY,
    (
        ("Nro. de registro", "source_number", running("RA-{}")),
        ("Tipo", "arm_type", among("PISTOLA", "CARABINA", "REVOLVER")),
        ("Marca", "make", among(*MAKES)),
        ("Modelo", "model", among(*MODELS)),
        ("Calibre", "calibre", among(*CALIBRES)),
        ("Nro. de serie", "serial", serial()),
        ("Credencial del titular", "holder_number", numbers(10**6, 10**7 - 1)),
        ("Fecha de adquisición", "acquired_on", day("%d-%m-%Y")),
        ("País de importación", "import_country", among("Brasil", "Italia")),
    ),
)  # fmt: skip

BOOK = ForeignTable(
    "Waffenverwahrbuch.csv",
    IntakeKind.RECOVERIES,
    (
        ("Lfd. Nr.", "source_number", running()),
        ("Aktenzeichen", "case_number", numbers(100, 999, "Js {}/21")),
        ("Sicherstellungsdatum", "recovered_on", day("%d.%m.%Y")),
        ("Erfasst am", "known_on", day("%d.%m.%Y", later=1)),
        ("Art der Waffe", "arm_type", among("Pistole", "Revolver", "Gewehr")),
        ("Hersteller", "make", among("Walther", "Mauser", "Sauer")),
        ("Modellbezeichnung", "model", among("P 99", "HSc", "38 H")),
        ("Kaliber", "calibre", among("9 mm", "7,65 mm", ".22 lr")),
        ("Herstellungsnummer", "serial", serial("ausgeschliffen")),
        ("Herstellerland", "country_of_manufacture",
         among("Deutschland", "Österreich")),
        ("Dienststelle", "agency", among("PI Bonn", "PI Ulm")),
        ("Tatort", "place", among("Bonn", "Ulm", "Trier")),
        ("Bundesland", "region", among("Bayern", "Hessen")),
        ("Tatvorwurf", "offences", among("§ 52 WaffG", "§ 250 StGB")),
        ("Beschuldigter", "taken_from", words(("Ute", "Jan"), ("Kern", "Lang"))),
        ("Asservatennummer", "custody_number", numbers(1000, 9999, "A {}")),
        ("Bemerkung", "notes", among("", "ohne Magazin")),
    ),
)  # fmt: skip

RUSSIAN = ForeignTable(
    "изъятое оружие.csv",
    IntakeKind.RECOVERIES,
    (
        ("№", "source_number", running()),
        ("Дата изъятия", "recovered_on", day("%d.%m.%Y")),
        ("№ уголовного дела", "case_number", numbers(10000, 99999, "12101{}")),
        ("Подразделение", "agency", among("ОВД № 3", "УМВД")),
        ("Место изъятия", "place", among("г. Тула", "г. Орёл")),
        ("Вид оружия", "arm_type", among("пистолет", "карабин", "ружьё")),
        ("Марка, модель", "make", among("ИЖ-71", "ТОЗ-34", "МР-153")),
        ("Калибр", "calibre", among("9 мм", "16", "12/70")),
        ("Заводской номер", "serial", serial("спилен")),
        ("Год выпуска", "year_of_manufacture", numbers(1950, 2012)),
        ("Статья", "offences", among("ст. 222 УК", "ст. 162 УК")),
        ("Основание", "recovery_kind",
         among("изъято", "найдено", "добровольная сдача")),
        ("Примечание", "notes", among("", "без магазина")),
    ),
)  # fmt: skip

CHINESE = ForeignTable(
    "收缴枪支.csv",
    IntakeKind.RECOVERIES,
    (
        ("序号", "source_number", running()),
        ("收缴日期", "recovered_on", day("%Y-%m-%d")),
        ("案件编号", "case_number", numbers(1000, 9999, "A2021{}")),
        ("办案单位", "agency", among("城关派出所", "县公安局")),
        ("收缴地点", "place", among("城关镇", "东街")),
        ("枪支种类", "arm_type", among("手枪", "步枪", "猎枪")),
        ("生产厂家", "make", among("Norinco", "CZ")),
        ("型号", "model", among("54", "56", "64")),
        ("口径", "calibre", among("7.62x25 mm", "7.62x39 mm")),
        ("枪号", "serial", serial("磨损")),
        ("来源方式", "recovery_kind", among("收缴", "上缴", "拾获")),
        ("涉嫌罪名", "offences", among("非法持有枪支罪", "抢劫罪")),
        ("备注", "notes", among("", "无弹匣")),
    ),
)  # fmt: skip

PORTUGUESE = ForeignTable(
    "apreensoes.csv",
    IntakeKind.RECOVERIES,
    (
        ("Nº do Boletim", "case_number", numbers(1000, 9999, "{}/2021")),
        ("Data da Apreensão", "recovered_on", day("%d/%m/%Y")),
        ("Delegacia", "agency", among("1ª DP", "Delegacia de Homicídios")),
        ("Município", "place", among("Olinda", "Caruaru")),
        ("UF", "region", among("PE", "PB")),
        ("Espécie", "arm_type", among("Revólver", "Pistola", "Espingarda")),
        ("Fabricante", "make", among("Taurus", "Rossi", "CBC")),
        ("Modelo", "model", among("82", "PT 100", "122")),
        ("Calibre", "calibre", among(".38", ".40", "12")),
        ("Numeração", "serial", serial("SUPRIMIDA", "RASPADA")),
        ("País de fabricação", "country_of_manufacture", among("Brasil", "EUA")),
        ("Tipificação", "offences", among("Porte ilegal de arma", "Roubo")),
        ("Quantidade", "quantity", among("1", "1", "3")),
        ("Lacre", "seal_number", numbers(10**5, 10**6 - 1)),
    ),
)  # fmt: skip

TABLES = (SPANISH, UKRAINIAN, FRENCH_ARABIC, CITY, WANTED, REGISTER, BOOK, RUSSIAN,
          CHINESE, PORTUGUESE)  # fmt: skip
