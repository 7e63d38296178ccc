namespace Relief.Flow.Activities.Catalogue;

/// <summary>What a service counts as in the figures: plural services are case work, health checks and other ones; visits are shown by themselves (FA-035).</summary>
public enum ServiceClass
{
    /// <summary>Care that goes on: at home, by day, in an institution, meals, cleaning, nursing.</summary>
    Care,

    /// <summary>Work on one case: counselling, company, escort to a hospital.</summary>
    Casework,

    /// <summary>A health check.</summary>
    HealthCheck,

    /// <summary>A visit that looks and asks, and serves nothing yet.</summary>
    Visit,

    /// <summary>Another service, such as bringing somebody together with what there is.</summary>
    Other
}
