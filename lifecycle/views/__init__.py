from lifecycle.views.steps import StepView

__all__ = ["StepView"]
