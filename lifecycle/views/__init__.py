from lifecycle.views.steps import PolicyOverrideView, StepView

__all__ = ["PolicyOverrideView", "StepView"]
