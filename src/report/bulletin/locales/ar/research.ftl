# كلمات دراسة للأحداث، بدل كلمات وقف إطلاق النار.

lead-incidents =
    { $n ->
        [0] لا تضم البيانات أي حدث
        [one] في البيانات حدث واحد
        [two] في البيانات حدثان
        [few] في البيانات { $number } أحداث
        [many] في البيانات { $number } حدثًا
       *[other] في البيانات { $number } حدث
    }
lead-none-known = لا يُعرف أي حدث
incident-count =
    { $n ->
        [0] لا أحداث
        [one] حدث واحد
        [two] حدثان
        [few] { $number } أحداث
        [many] { $number } حدثًا
       *[other] { $number } حدث
    }
uncertain-count =
    { $n ->
        [one] واحد موقعه غير مؤكد
        [two] اثنان موقعهما غير مؤكد
       *[other] { $number } مواقعها غير مؤكدة
    }
not-located-count =
    { $n ->
        [one] واحد بلا موقع
        [two] اثنان بلا موقع
       *[other] { $number } بلا موقع
    }
certainty = ومنها { $counts }.
people-killed =
    { $n ->
        [one] قتيل واحد
        [two] قتيلان
        [few] { $number } قتلى
       *[other] { $number } قتيلًا
    }
people-wounded =
    { $n ->
        [one] جريح واحد
        [two] جريحان
        [few] { $number } جرحى
       *[other] { $number } جريحًا
    }
people-none = بلا قتلى أو جرحى
people-untold = القتلى والجرحى غير مرمّزين
killed = القتلى
wounded = الجرحى
status =
    { $status ->
        [new] جديد
        [open] مفتوح
        [active] نشط
        [ongoing] جارٍ
        [pending] قيد الانتظار
        [settled] سُوّي
        [resolved] حُلّ
        [closed] مغلق
        [done] منتهٍ
       *[other] { $text }
    }
