"""After a change of what was published: the maker of a submission says that it stands as it is."""

from lifecycle.steps import action, fire


@action("procurement.confirm_submission")
def confirm_submission(submission, *, by):
    """Confirm a submitted application or offer after every addendum so far; withdrawing and replacing it stays possible."""
    last = submission.addenda_to_confirm().order_by("-number").first()
    return fire(submission, "confirm", by=by, addendum=last.number if last else 0)
