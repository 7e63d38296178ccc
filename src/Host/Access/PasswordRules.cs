namespace Relief.Flow.Host.Access;

/// <summary>What a password must be: long, not the name, not one character over and over. No other rule makes guessing harder.</summary>
internal static class PasswordRules
{
    private const int Shortest = 12;
    private const int Longest = 200;
    private const int FewestLetters = 5;

    /// <summary>Null when it will do, else the key of the text that says what is wrong.</summary>
    public static string? Fault(string name, string password) => password switch
    {
        { Length: < Shortest or > Longest } => "passwordLength",
        _ when password.Contains(name, StringComparison.OrdinalIgnoreCase) => "passwordIsName",
        _ when password.Distinct().Count() < FewestLetters => "passwordIsPlain",
        _ => null
    };
}
