"""What may be licensed.

Source:
    Firearms Protocol, arts. 5, 10, 15; background paper (2018), para. 30.
"""

from armstrace.vocabulary.codes import Code


class LicenceType(Code):
    MANUFACTURE = "MANUFACTURE", "manufacture"
    DEAL = "DEAL", "deal"
    REPAIR = "REPAIR", "repair"
    IMPORT = "IMPORT", "import"
    EXPORT = "EXPORT", "export"
    ACQUIRE = "ACQUIRE", "acquire"
    POSSESS = "POSSESS", "possess"
    CARRY = "CARRY", "carry"
    COLLECT = "COLLECT", "collect"
    STORE = "STORE", "store"
    TRANSPORT = "TRANSPORT", "transport"
    BROKER = "BROKER", "broker"
    DEACTIVATE = "DEACTIVATE", "deactivate"
    DISPOSE = "DISPOSE", "dispose"


class Side(Code):
    """A side of an act that needs a licence."""

    RECEIVER = "RECEIVER", "who receives the arm"
    GIVER = "GIVER", "who gives the arm"
    MAKER = "MAKER", "who makes the arm"


class LicenceStage(Code):
    """How far an application has come, and the status of the licence it led to."""

    DRAFT = "DRAFT", "draft"
    RECEIVED = "RECEIVED", "received"
    COMPLETE = "COMPLETE", "complete"
    IN_VETTING = "IN_VETTING", "in vetting"
    ADVISED = "ADVISED", "ready for decision"
    DECIDED = "DECIDED", "decided"
    ISSUED = "ISSUED", "issued"
    REFUSED = "REFUSED", "refused"
    APPEALED = "APPEALED", "under appeal"
    WITHDRAWN = "WITHDRAWN", "withdrawn"
    SUSPENDED = "SUSPENDED", "suspended"
    REVOKED = "REVOKED", "revoked"
    EXPIRED = "EXPIRED", "expired"


UNDECIDED = (
    LicenceStage.RECEIVED,
    LicenceStage.COMPLETE,
    LicenceStage.IN_VETTING,
    LicenceStage.ADVISED,
)
"""Stages in which the clock of the decision runs."""


class LicenceAct(Code):
    """What is done with an application or a licence."""

    CHANGE = "CHANGE", "change"
    ATTACH = "ATTACH", "attach a document"
    SEND = "SEND", "send"
    ACCEPT = "ACCEPT", "accept as complete"
    ASK = "ASK", "ask a question"
    ANSWER = "ANSWER", "answer a question"
    VET = "VET", "ask for vetting and advice"
    HEAR = "HEAR", "record advice"
    PROPOSE = "PROPOSE", "propose a decision"
    DECIDE = "DECIDE", "decide"
    ISSUE = "ISSUE", "issue"
    REFUSE = "REFUSE", "refuse"
    WITHDRAW = "WITHDRAW", "withdraw"
    APPEAL = "APPEAL", "appeal"
    UPHOLD = "UPHOLD", "uphold the refusal"
    OVERTURN = "OVERTURN", "overturn the refusal"
    SUSPEND = "SUSPEND", "suspend"
    REINSTATE = "REINSTATE", "reinstate"
    REVOKE = "REVOKE", "revoke"
    RENEW = "RENEW", "renew"
    VARY = "VARY", "vary"


class Restriction(Code):
    """What is done with a licence in force; each is an act of ``LicenceAct``."""

    SUSPEND = "SUSPEND", "suspend"
    REINSTATE = "REINSTATE", "reinstate"
    REVOKE = "REVOKE", "revoke"


class ApplicationKind(Code):
    """What is applied for."""

    NEW = "NEW", "a new licence"
    RENEW = "RENEW", "renewal"
    VARY = "VARY", "change of its terms"


class Turn(Code):
    """Whose turn it is."""

    APPLICANT = "APPLICANT", "applicant"
    ASSESSOR = "ASSESSOR", "licensing officer"
    DEPARTMENTS = "DEPARTMENTS", "departments"
    DECIDER = "DECIDER", "officer who decides"
    NOBODY = "NOBODY", "nobody"


class DocumentKind(Code):
    """What a document of an application is."""

    IDENTITY = "IDENTITY", "proof of identity"
    COMPANY = "COMPANY", "extract of the company register"
    CRIMINAL_RECORD = "CRIMINAL_RECORD", "extract of the criminal record"
    TRAINING = "TRAINING", "proof of knowledge and skill"
    MEDICAL = "MEDICAL", "medical certificate"
    STORAGE = "STORAGE", "proof of safe storage"
    PREMISES = "PREMISES", "plan of the premises"
    CONTRACT = "CONTRACT", "contract"
    OTHER = "OTHER", "other document"


class CheckKind(Code):
    """What a check of the profile asks of an application."""

    DOCUMENTS = "DOCUMENTS", "documents are attached"
    PURPOSE = "PURPOSE", "a good cause is stated"
    AGE = "AGE", "the applicant is old enough"
    STORAGE = "STORAGE", "the place of storage is stated"
    QUANTITY = "QUANTITY", "the quantity is stated"
    CATEGORIES = "CATEGORIES", "the categories are stated"
    HOLDERS = "HOLDERS", "the applicant is of a kind that may apply"
    LICENCE = "LICENCE", "another licence is held"
    NO_REFUSAL = "NO_REFUSAL", "no refusal is on record"
    VETTING = "VETTING", "vetting is clear"
    TERM = "TERM", "the licence ends in time"


class Department(Code):
    """Which department is heard."""

    POLICE = "POLICE", "police"
    CUSTOMS = "CUSTOMS", "customs"
    DEFENCE = "DEFENCE", "defence"
    FOREIGN = "FOREIGN", "foreign affairs"
    TRADE = "TRADE", "trade and industry"
    SAFETY = "SAFETY", "fire and building safety"


class AdviceAnswer(Code):
    """What a department says."""

    NO_OBJECTION = "NO_OBJECTION", "no objection"
    CONDITIONS = "CONDITIONS", "no objection under conditions"
    OBJECTION = "OBJECTION", "objection"


class StopCause(Code):
    """Why the clock of an application is stopped."""

    QUESTION = "QUESTION", "question to the applicant"
    ABROAD = "ABROAD", "question to another State"
    COURT = "COURT", "court proceedings"


class GroundClass(Code):
    """Class of ground of a refusal, a suspension or a revocation."""

    SECURITY = "SECURITY", "public security"
    RELIABILITY = "RELIABILITY", "reliability of the person"
    CONVICTION = "CONVICTION", "conviction"
    NO_CAUSE = "NO_CAUSE", "no good cause"
    STORAGE = "STORAGE", "unsafe storage"
    INCOMPLETE = "INCOMPLETE", "incomplete application"
    BREACH = "BREACH", "breach of the licence"
    OTHER = "OTHER", "other"
