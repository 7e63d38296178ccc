namespace Relief.Flow.Activities.RedVest;

/// <summary>What a review of goals comes to.</summary>
public enum GoalDecision
{
    Continue,
    Adjust,
    GoalMet,
    Transfer
}
