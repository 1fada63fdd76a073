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
