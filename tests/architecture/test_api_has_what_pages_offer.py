"""What the pages do, a machine can do too, unless it is for a person alone."""

from tests.architecture import reach

SIGN_IN = "a person signs in and proves who it is; an administrator gives accounts"
COVERT = "two persons sign in person; covert names stay off the wire"
WHOLE = "a draft is changed at its form; a machine sends it whole"
# Why the API leaves out acts of the pages, by app.
LEFT_OUT = {
    "a person answers for it with their name, after looking": {
        "certificates": "sign_document",
        "collection": "open_campaign settle_held publish_counts correct_counts",
        "deactivations": "verify_deactivation refuse_deactivation record_reactivation",
        "disposal": "add_photograph correct_lot drop_witness",
        "indicators": "publish_year withdraw_publication keep_release load_figures",
        "intake": "save_profile withdraw_profile",
        "investigations": "correct_case",
        "recoveries": "propose_calibration propose_rates propose_serials",
        "registry": "use_tuning take_tuning_back",
        "stockpiles": "sign_paper countersign_paper end_paper sign_count answer_count "
        "dispose_surplus open_depot act_on_arms receive_lot recall_lot",
        "vetting": "record_refusal correct_refusal",
    },
    "an examiner looks at the scan": {
        "ballistics": "describe_class set_region replace_scan load_reference_set "
        "withdraw_reference_set",
    },
    "two laboratories agree on one another": {"ballistics": "decide_sharing"},
    "it comes with the record, whose call the API has": {
        "evidence": "store_image",
        "recoveries": "record_recoveries",
    },
    "how a page is narrowed": {"tracing": "save_filter forget_filter"},
    WHOLE: {"licensing": "change_application", "transfers": "change_authorisation"},
    "a person chooses the list, and looks at what it brings": {"vetting": "load_list"},
    "an arm lies on the desk, before a person": {"collection": "take_in"},
    "files leave by it, and the API sends none": {"intelligence": "pass_on"},
}
FOR_PERSONS = {
    f"{app}.{name}"
    for apps in LEFT_OUT.values()
    for app, names in apps.items()
    for name in names.split()
}
ERASED = "two people look at what goes, and answer for it with their names"
WHOLE_APPS = {"accounts": SIGN_IN, "techniques": COVERT, "retention": ERASED}


def acts() -> dict[str, str]:
    """Give where each action is defined, by its app and name."""
    return {
        f"{home.split('.')[1]}.{node.name}": home
        for home, node in reach.public_functions("actions")
        if {"by", "at"} <= {each.arg for each in node.args.kwonlyargs}
    }


def test_each_act_of_the_pages_is_in_the_api_or_for_persons_alone() -> None:
    pages, api = reach.read_by("armstrace.web"), reach.read_by("armstrace.api")
    left_out = {
        name
        for name, home in acts().items()
        if home in pages and home not in api and name.split(".")[0] not in WHOLE_APPS
    }

    assert left_out - FOR_PERSONS == set(), "give it to the API, or say why not"
    assert FOR_PERSONS - left_out == set(), "the API has it by now"
