from django.shortcuts import render


def start(request):
    return render(request, "desk/home.html", {"greeting": ""})


def public(request):
    return render(request, "desk/public.html", {})
