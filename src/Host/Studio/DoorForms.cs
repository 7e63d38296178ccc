namespace Relief.Flow.Host.Studio;

/// <summary>Forms at the door; what is no form is an empty one, and is answered as such.</summary>
internal static class DoorForms
{
    public static async Task<IFormCollection> Read(HttpContext context) =>
        context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
}

/// <summary>What the door's form brings.</summary>
/// <param name="Name">Empty for who shows a key.</param>
/// <param name="Secret">The password, or the key.</param>
internal sealed record SignInForm(string Name, string Secret, string? Next)
{
    public static async Task<SignInForm> Of(HttpContext context)
    {
        var form = await DoorForms.Read(context);
        return new SignInForm(form["name"].ToString().Trim(), form["key"].ToString(), form["next"]);
    }
}

/// <summary>What the form brings that changes a password.</summary>
internal sealed record PasswordForm(string Name, string Old, string New, string Again, string? Next)
{
    public static async Task<PasswordForm> Of(HttpContext context)
    {
        var form = await DoorForms.Read(context);
        return new PasswordForm(form["name"].ToString().Trim(), form["old"].ToString(), form["new"].ToString(), form["again"].ToString(), form["next"]);
    }
}
